import { Alert, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { formProblem } from "@/shared/api/form-problem";
import { useProblemText } from "@/shared/i18n/use-problem-text";

interface ProblemFormProps {
  error: Error | null;
  /** Fields that show their own errors; all other errors are shown above the form. */
  fields: readonly string[];
  onSubmit: () => void;
  children: ReactNode;
}

/** A form that the service validates. Each error is shown beside its field, all others above the form. */
export function ProblemForm({ error, fields, onSubmit, children }: ProblemFormProps) {
  const problemText = useProblemText();
  const general = formProblem(error, fields);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Stack>
        {general && (
          <Alert color="red" role="alert">
            {problemText(general)}
          </Alert>
        )}
        {children}
      </Stack>
    </form>
  );
}
