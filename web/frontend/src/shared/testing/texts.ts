import { LANGUAGE_CODES } from "../i18n/languages";
import { loadTexts } from "../i18n/texts";

await Promise.all(LANGUAGE_CODES.map(loadTexts));
