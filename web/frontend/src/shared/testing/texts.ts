import { LANGUAGE_CODES } from "../i18n/languages";
import { loadMoreTexts, loadTexts } from "../i18n/texts";

await Promise.all(LANGUAGE_CODES.map(loadTexts));
await Promise.all([loadMoreTexts("guest"), loadMoreTexts("pages")]);
