import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.io.RDFOntologyFormat;
import org.semanticweb.owlapi.io.RDFTriple;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints what OWLAPI makes of each file: how many axioms it reads, and all that it objects to, one a line. */
class OwlProfile {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
            manager.addMissingImportListener(missing -> print(file, "missing", missing.getImportedOntologyURI()));
            OWLOntology ontology = manager.loadOntologyFromOntologyDocument(
                    new FileDocumentSource(new File(file)),
                    new OWLOntologyLoaderConfiguration()
                            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT));
            print(file, "axioms", ontology.getAxiomCount());
            RDFOntologyFormat format = (RDFOntologyFormat) manager.getOntologyFormat(ontology);
            for (RDFTriple triple : format.getOntologyLoaderMetaData().getUnparsedTriples()) {
                print(file, "unparsed", triple);
            }
            for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
                print(file, "violation", violation);
            }
            // A property without axioms needs no declaration to be in the profile; that it has a label is no declaration.
            for (OWLAnnotationAssertionAxiom annotation : ontology.getAxioms(AxiomType.ANNOTATION_ASSERTION)) {
                OWLAnnotationSubject subject = annotation.getSubject();
                boolean known = subject.equals(ontology.getOntologyID().getOntologyIRI())
                        || !(subject instanceof IRI)
                        || ontology.containsEntityInSignature((IRI) subject);
                if (!known) {
                    print(file, "undeclared", annotation);
                }
            }
        }
    }

    private static void print(String file, String kind, Object what) {
        System.out.println(file + "\t" + kind + "\t" + what);
    }
}
