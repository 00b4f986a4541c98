/** The texts that only guests with a link see. */
export default import.meta.glob<Record<string, string>>("./{guest,guest-invitation}.json", {
  eager: true,
  import: "default",
});
