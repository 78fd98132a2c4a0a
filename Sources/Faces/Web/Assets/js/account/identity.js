// My identity check: what is known, what is asked for.
import { appeals } from "./appeal.js";
import { evidence } from "./evidence.js";

appeals();
evidence();
