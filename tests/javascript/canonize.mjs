// Read a dump with N3.js and write its canonical N-Quads (RDFC-1.0) by rdf-canonize: node canonize.mjs FILE
import { readFile } from "node:fs/promises";
import { Parser } from "n3";
import { canonize } from "rdf-canonize";

const [, , file] = process.argv;
const quads = new Parser({ format: "N-Quads" }).parse(await readFile(file, "utf8"));
process.stdout.write(await canonize(quads, { algorithm: "RDFC-1.0" }));
