import { Alert, Button, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Share, ShareInput } from "@/shared/api/schema-types";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useMessages } from "@/shared/i18n/language-context";

import { sharesQuery, useCreateShare } from "../api/shares";
import { LinkCard } from "../components/link-card";
import { LinkForm, ROLES } from "../components/link-form";

import classes from "./share-page.module.css";

const USUAL: ShareInput = { role: "look", selection: "picks", downloads: "none" };

/** The service has no other name than that of the machine for itself, which leads nowhere on others. */
function isOfThisComputer(shares: readonly Share[]): boolean {
  return shares.some(({ url }) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname));
}

/** The links of an album: make one, send it, see who chose what, and end it. */
export function SharePage({ albumId }: { albumId: string }) {
  const t = useMessages("sharing");
  const { data: shares, error, refetch } = useQuery(sharesQuery(albumId));
  const create = useCreateShare(albumId);
  /** What a further link is to be for; null while none is being made. */
  const [making, setMaking] = useState<(typeof ROLES)[number] | null>(null);
  const [newId, setNewId] = useState<string | null>(null);
  if (!shares) return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
  const open = shares.filter((share) => share.is_open);
  const over = shares.filter((share) => !share.is_open);
  const isFormShown = making !== null || open.length === 0;
  return (
    <Stack gap={28} className={classes.page}>
      {isFormShown ? (
        <section aria-labelledby="new-link">
          <Title order={2} size="h3" id="new-link">
            {t("title")}
          </Title>
          <Text c="dimmed" mt={4} mb="md">
            {t("text")}
          </Text>
          <LinkForm
            initial={{ ...USUAL, role: making ?? "look" }}
            isNew
            busy={create.isPending}
            error={create.error}
            onSubmit={(input) =>
              create.mutate(input, {
                onSuccess: ({ id }) => {
                  setNewId(id);
                  setMaking(null);
                },
              })
            }
            {...(open.length > 0 ? { onCancel: () => setMaking(null) } : {})}
          />
        </section>
      ) : (
        <section aria-labelledby="another">
          <Title order={2} size="h3" id="another" mb="sm">
            {t("another")}
          </Title>
          <div className={classes.roles}>
            {ROLES.map((role) => (
              <Button
                key={role}
                variant="default"
                leftSection={<IconPlus size={18} stroke={1.8} aria-hidden />}
                onClick={() => setMaking(role)}
              >
                {t(`role_${role}`)}
              </Button>
            ))}
          </div>
        </section>
      )}
      {open.length > 0 && (
        <section aria-labelledby="links">
          <Title order={2} size="h3" id="links" mb="md">
            {newId !== null && open[0]?.id === newId ? t("ready") : t("links")}
          </Title>
          {isOfThisComputer(open) && <Alert mb="md">{t("thisComputer")}</Alert>}
          <ul className={classes.list}>
            {open.map((share) => (
              <LinkCard key={share.id} albumId={albumId} share={share} isNew={share.id === newId} />
            ))}
          </ul>
        </section>
      )}
      {over.length > 0 && (
        <section aria-labelledby="over">
          <Title order={2} size="h3" id="over" mb="md">
            {t("over")}
          </Title>
          <ul className={classes.list}>
            {over.map((share) => (
              <LinkCard key={share.id} albumId={albumId} share={share} isNew={false} />
            ))}
          </ul>
        </section>
      )}
    </Stack>
  );
}
