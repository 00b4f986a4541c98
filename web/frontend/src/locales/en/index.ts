/** The texts that every page needs, and those of the pages to sign in. */
export default import.meta.glob<Record<string, string>>(
  "./{auth,common,new-password,page-error,problems,progress-notice,quotas,shell,slideshow}.json",
  { eager: true, import: "default" },
);
