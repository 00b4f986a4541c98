/** All other texts, for the pages of somebody who is signed in. */
export default import.meta.glob<Record<string, string>>(
  [
    "./*.json",
    "!./{auth,common,new-password,page-error,problems,progress-notice,quotas,shell,slideshow}.json",
    "!./{guest,guest-invitation}.json",
  ],
  { eager: true, import: "default" },
);
