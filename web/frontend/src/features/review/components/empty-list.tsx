import { Button, Group, Stack, Text, Title } from "@mantine/core";

interface EmptyListProps {
  title: string;
  text?: string | undefined;
  /** The words of the button, which leads on. */
  action: string;
  onAction: () => void;
}

/** In place of the list when there is nothing to show. */
export function EmptyList({ title, text, action, onAction }: EmptyListProps) {
  return (
    <Stack gap="xs" py="xl">
      <Title order={2} size="h3">
        {title}
      </Title>
      {text && <Text c="dimmed">{text}</Text>}
      <Group mt="sm">
        <Button variant="default" onClick={onAction}>
          {action}
        </Button>
      </Group>
    </Stack>
  );
}
