import { Alert, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { formProblem } from "@/shared/api/form-problem";
import { useProblemText } from "@/shared/i18n/use-problem-text";

interface ProblemFormProps {
  error: Error | null;
  /** The values that show their errors beside themselves; what is wrong with anything else stands above. */
  fields: readonly string[];
  onSubmit: () => void;
  children: ReactNode;
}

/** A form whose mistakes the service finds: each is said beside its field, and what belongs to none above all. */
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
