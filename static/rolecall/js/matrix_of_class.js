// Starts the matrix of a class.
import { startMatrix } from "./matrix.js";

startMatrix();
