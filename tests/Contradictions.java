import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.*;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.io.StringDocumentSource;
import org.semanticweb.owlapi.model.*;

/**
 * Asks HermiT again and again about one ontology, with one axiom more and some fewer.
 *
 * Reads a file, and from its input: a line of prefixes, then lines of an axiom to plant and axioms to take away, in
 * OWL's functional syntax, with tabs between. Prints what HermiT finds in the file alone, with the classes that nothing
 * can belong to; then for each line what it finds with the planted axiom, without all those axioms, and with each of
 * them put back alone.
 */
class Contradictions {
    private static final OWLOntologyManager MANAGER = OWLManager.createOWLOntologyManager();
    private static OWLOntology ontology;

    public static void main(String[] arguments) throws Exception {
        ontology = MANAGER.loadOntologyFromOntologyDocument(new File(arguments[0]));
        Reasoner reasoner = new Reasoner(new Configuration(), ontology);
        System.out.println(found() + " " + reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        String prefixes = input.readLine();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] axioms = line.split("\t");
            OWLAxiom planted = parse(prefixes, axioms[0]);
            List<OWLAxiom> without = new ArrayList<>();
            for (int i = 1; i < axioms.length; i++) {
                without.add(inTheOntology(parse(prefixes, axioms[i])));
            }
            List<String> answers = new ArrayList<>();
            MANAGER.addAxiom(ontology, planted);
            answers.add(found());
            MANAGER.removeAxioms(ontology, new HashSet<>(without));
            answers.add(found());
            for (OWLAxiom one : without) {
                MANAGER.addAxiom(ontology, one);
                answers.add(found());
                MANAGER.removeAxiom(ontology, one);
            }
            MANAGER.addAxioms(ontology, new HashSet<>(without));
            MANAGER.removeAxiom(ontology, planted);
            System.out.println(String.join(" ", answers));
        }
    }

    private static String found() {
        return new Reasoner(new Configuration(), ontology).isConsistent() ? "consistent" : "contradiction";
    }

    private static OWLAxiom parse(String prefixes, String axiom) throws OWLOntologyCreationException {
        return OWLManager.createOWLOntologyManager()
                .loadOntologyFromOntologyDocument(new StringDocumentSource(prefixes + "Ontology(" + axiom + ")"))
                .getAxioms().iterator().next();
    }

    /** Returns the axiom itself, or of disjoint classes the longer list that has them all; there must be one. */
    private static OWLAxiom inTheOntology(OWLAxiom named) {
        if (named instanceof OWLDisjointClassesAxiom) {
            for (OWLDisjointClassesAxiom list : ontology.getAxioms(AxiomType.DISJOINT_CLASSES)) {
                if (list.getClassExpressions().containsAll(((OWLDisjointClassesAxiom) named).getClassExpressions())) {
                    return list;
                }
            }
        }
        if (!ontology.containsAxiom(named)) {
            throw new IllegalArgumentException("the ontology has no " + named);
        }
        return named;
    }
}
