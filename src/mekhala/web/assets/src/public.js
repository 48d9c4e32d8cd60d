// The only script of the public pages: the quick way out.
import { watchTheWayOut } from "./leave.js"

watchTheWayOut(document)
