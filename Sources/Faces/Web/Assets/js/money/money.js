// My money: against what holds the service back one may appeal.
import { appeals } from "../account/appeal.js";

appeals();
