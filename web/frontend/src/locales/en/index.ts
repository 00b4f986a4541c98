/** The texts that every page needs, those of the pages to sign in, and those that guests and others both need. */
export default import.meta.glob<Record<string, string>>(
  "./{auth,common,new-password,page-error,problems,progress-notice,quotas,shell,slideshow}.json",
  { eager: true, import: "default" },
);
