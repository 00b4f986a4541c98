import { Button, PasswordInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

import { Problem } from "@/shared/api/problem";
import { ProblemForm } from "@/shared/components/problem-form";
import { useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { useGivePassword } from "../api/shared-album";

import { Message } from "./message";

/** Asks for the password of the link. */
export function PasswordForm({ token }: { token: string }) {
  const t = useMessages("guest");
  const common = useMessages("common");
  const problemText = useProblemText();
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const { mutate, error, isPending } = useGivePassword(token);
  const isWrong = error instanceof Problem && error.code === "share_password_wrong";
  return (
    <Message title={t("passwordTitle")} text={t("passwordText")}>
      <ProblemForm error={isWrong ? null : error} fields={[]} onSubmit={() => mutate(password)}>
        <PasswordInput
          label={common("password")}
          value={password}
          w={280}
          maw="100%"
          ta="start"
          autoComplete="off"
          ref={field}
          error={isWrong ? problemText(error) : undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={isPending} disabled={password === ""}>
          {t("passwordOpen")}
        </Button>
      </ProblemForm>
    </Message>
  );
}
