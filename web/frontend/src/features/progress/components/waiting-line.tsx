import { Progress as ProgressBar, Text } from "@mantine/core";
import type { ReactNode } from "react";

import type { Progress } from "@/shared/api/schema-types";

import type { Sending } from "../time-left";

import { useWaiting } from "./use-waiting";
import classes from "./waiting-line.module.css";

interface WaitingLineProps {
  progress: Progress;
  /** When the progress was answered. */
  seenAt: number;
  sending: Sending;
  groups: number;
  /** What may be offered to somebody who waits. */
  offer: ReactNode;
  /** The photos that come. */
  children: ReactNode;
}

/** How far an album is, above what there is of it. */
export function WaitingLine({ offer, children, ...waitingFor }: WaitingLineProps) {
  const { status, facts, fraction } = useWaiting(waitingFor);
  return (
    <section className={classes.waiting}>
      <div className={classes.top}>
        <div>
          <Text fw={600} role="status">
            {status}
          </Text>
          <Text size="sm" c="dimmed" className={classes.facts}>
            {facts}
          </Text>
        </div>
        {offer}
      </div>
      <ProgressBar value={fraction * 100} size="sm" radius="xl" transitionDuration={400} aria-label={status} mt={8} />
      {children}
    </section>
  );
}
