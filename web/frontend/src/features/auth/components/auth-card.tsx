import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { Logo } from "@/shared/components/logo";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./auth-card.module.css";

interface AuthCardProps {
  title: string;
  text?: string;
  /** What the service does, for those who do not know it yet. */
  picture?: ReactNode;
  children: ReactNode;
  /** Further links, below. */
  footer?: ReactNode;
}

/** The layout of every page before the sign-in: one column, and a picture beside or above it. */
export function AuthCard({ title, text, picture, children, footer }: AuthCardProps) {
  usePageTitle(title);
  const common = useMessages("common");
  const card = (
    <div className={classes.card}>
      <Stack gap="lg">
        <div className={classes.brand}>
          <Logo size={40} />
          {common("productName")}
        </div>
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {text && (
            <Text c="dimmed" mt={6}>
              {text}
            </Text>
          )}
        </div>
        {children}
        {footer && <div className={classes.footer}>{footer}</div>}
      </Stack>
    </div>
  );
  return (
    <main className={classes.page}>
      {picture ? (
        <div className={classes.pictured}>
          <div className={classes.picture}>{picture}</div>
          {card}
        </div>
      ) : (
        card
      )}
    </main>
  );
}
