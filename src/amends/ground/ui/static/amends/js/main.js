// One behaviour per module; each listens on the document, so what htmx brings in works by itself.
import "./keyboard.js";
import "./help.js";
import "./palette.js";
import "./rows.js";
import "./ticks.js";
import "./send.js";
import "./countdown.js";
import "./clock.js";
import "./grow.js";
import "./draft.js";
import "./switch.js";
import "./choose.js";
import "./menus.js";
import "./pulse.js";
