import java.io.File;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLNamedIndividual;
import org.semanticweb.owlapi.model.OWLObjectProperty;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.reasoner.OWLReasoner;

/** Prints all that HermiT entails of a file's individuals, one triple a line: their classes and their object properties' values. */
class Entailments {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = OWLManager.createOWLOntologyManager()
                .loadOntologyFromOntologyDocument(new File(arguments[0]));
        OWLReasoner reasoner = new Reasoner(ontology);
        if (!reasoner.isConsistent()) {
            throw new IllegalStateException("all follows from a contradiction");
        }
        for (OWLNamedIndividual it : ontology.getIndividualsInSignature()) {
            for (OWLClass type : reasoner.getTypes(it, false).getFlattened()) {
                print(it, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", type.getIRI());
            }
            for (OWLObjectProperty property : ontology.getObjectPropertiesInSignature()) {
                for (OWLNamedIndividual value : reasoner.getObjectPropertyValues(it, property).getFlattened()) {
                    print(it, property.getIRI(), value.getIRI());
                }
            }
        }
    }

    private static void print(OWLNamedIndividual subject, Object predicate, Object value) {
        System.out.println(subject.getIRI() + " " + predicate + " " + value);
    }
}
