import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { Logo } from "@/shared/components/logo";
import { usePageTitle } from "@/shared/hooks/use-page-title";

import classes from "./auth-card.module.css";

interface AuthCardProps {
  title: string;
  text?: string;
  children: ReactNode;
  /** Further links, below. */
  footer?: ReactNode;
}

/** The layout of every page before the sign-in: one column. */
export function AuthCard({ title, text, children, footer }: AuthCardProps) {
  usePageTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Stack gap="lg">
          <Logo size={48} />
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
    </main>
  );
}
