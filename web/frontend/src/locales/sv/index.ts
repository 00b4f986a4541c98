/** All texts of the language, in one file of the built pages. */
export default import.meta.glob<Record<string, string>>("./*.json", { eager: true, import: "default" });
