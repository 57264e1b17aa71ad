// Read a JSON-LD dump with jsonld.js and write it as N-Quads: node jsonld.mjs FILE
import { readFile } from "node:fs/promises";
import jsonld from "jsonld";

const [, , file] = process.argv;
const document = JSON.parse(await readFile(file, "utf8"));
const documentLoader = (address) => {
  throw new Error(`the context is to be inline, and this asks for ${address}`);
};
process.stdout.write(await jsonld.toRDF(document, { documentLoader, format: "application/n-quads", safe: true }));
