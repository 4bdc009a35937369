package dev.assay.runner.execute;

import dev.assay.runner.task.Outcome;
import dev.assay.runner.task.PlannedTask;
import dev.assay.runner.task.Subject;
import dev.assay.spi.Configs;
import dev.assay.spi.MetricValue;
import dev.assay.store.AtomicFiles;
import dev.assay.store.RunFolder;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts a trained model to tasks: numbers become rows {@code name.value}, pictures files {@code
 * tasks/name.png}.
 */
final class TaskRunner {
  private static final String KIND = "sample";
  private static final String VERSION = "v1";

  private final RunFolder folder;
  private final Rows rows;
  private final Events events;

  TaskRunner(RunFolder folder, Rows rows, Events events) {
    this.folder = folder;
    this.rows = rows;
    this.events = events;
  }

  /**
   * Does one.
   *
   * @param sampler label of the sampler that is used
   * @return why it was not done; empty if it was
   */
  String run(PlannedTask<?> task, Subject<?> subject, String sampler) throws IOException {
    switch (task.run(subject)) {
      case Outcome.NotApplicable(String reason) -> {
        events.add("task.skipped", "task", task.name(), "reason", reason);
        return reason;
      }
      case Outcome.Done done -> {
        for (Outcome.Value value : done.values()) {
          rows.add(sampler, value(task, value), subject.data().signature());
        }
        for (int i = 0; i < done.pictures().size(); i++) {
          Outcome.Picture picture = done.pictures().get(i);
          String stem = task.name() + (i == 0 ? "" : "-" + (i + 1));
          AtomicFiles.createFolders(folder.tasks());
          AtomicFiles.write(
              folder.tasks().resolve(stem + ".png"),
              ImageGrid.of(picture.images(), picture.form(), picture.columns())::writeTo);
        }
        events.add("task.done", "task", task.name());
        return "";
      }
    }
  }

  private static MetricValue value(PlannedTask<?> task, Outcome.Value value) {
    Map<String, Object> settings = Configs.values(task.settings());
    String how =
        settings.entrySet().stream()
            .map(e -> e.getKey() + ":" + shown(e.getValue()))
            .collect(Collectors.joining("|", VERSION + "|task:" + task.task().id() + "|", ""));
    return new MetricValue(
        task.metric(value.name()),
        KIND,
        value.direction(),
        value.value(),
        value.low(),
        value.high(),
        value.n(),
        value.unit(),
        value.how().isEmpty() ? how : how + "|" + value.how());
  }

  private static Object shown(Object setting) {
    return setting instanceof Enum<?> choice ? Configs.key(choice) : setting;
  }
}
