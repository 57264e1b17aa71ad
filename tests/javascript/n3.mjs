// Read a dump with N3.js and write it as N-Quads: node n3.mjs FILE
import { createReadStream } from "node:fs";
import { extname } from "node:path";
import { pipeline } from "node:stream/promises";
import { StreamParser, StreamWriter } from "n3";

const formats = { ".nq": "N-Quads", ".nt": "N-Triples", ".trig": "TriG", ".ttl": "Turtle" };
const [, , file] = process.argv;
await pipeline(
  createReadStream(file),
  new StreamParser({ format: formats[extname(file)] }),
  new StreamWriter({ format: "N-Quads" }),
  process.stdout,
);
