package dev.assay.runner.experiment;

import dev.assay.runner.task.PlannedTask;
import dev.assay.runner.task.Task;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.runner.yaml.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code tasks}: a list of ids, or maps with an id. */
final class TasksReader {
  static final List<String> KEYS = List.of("id", "name", "params");

  /** What a task's name may be: it begins the names of its metrics and files. */
  static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private static final int LONGEST = 64;

  private final Registry registry;
  private final SettingsReader settings;
  private final Problems problems;

  TasksReader(Registry registry, SettingsReader settings, Problems problems) {
    this.registry = registry;
    this.settings = settings;
    this.problems = problems;
  }

  /** The tasks that are well given. */
  List<PlannedTask<?>> read(@Nullable Node node) {
    List<PlannedTask<?>> tasks = new ArrayList<>();
    if (node == null) {
      return tasks;
    }
    List<String> ids = registry.tasks().stream().map(Task::id).toList();
    if (!(node instanceof ListNode list)) {
      settings.notA(node, "tasks", "a list", "choices: " + String.join(", ", ids));
      return tasks;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < list.items().size(); i++) {
      Node entry = list.items().get(i);
      String place = "tasks[" + i + "]";
      Optional<String> id = new Ids(settings, problems).ofEntry(entry, place, "task", KEYS, ids);
      if (id.isPresent()) {
        Task<?> task = registry.task(id.get());
        Optional<String> name = name(Ids.part(entry, "name"), id.get(), place);
        planned(entry, task, name, place).ifPresent(tasks::add);
        if (name.isPresent() && !names.add(name.get())) {
          problems.add(
              entry.mark(),
              "two tasks are named '" + name.get() + "'",
              "give one of them another name, such as {id: " + id.get() + ", name: other}");
        }
      }
    }
    return tasks;
  }

  private Optional<String> name(@Nullable Node node, String id, String place) {
    if (node == null) {
      return Optional.of(id);
    }
    if (node instanceof ScalarNode scalar
        && scalar.value() instanceof String name
        && name.length() <= LONGEST
        && name.matches(NAME)) {
      return Optional.of(name);
    }
    settings.notA(
        node,
        place + ".name",
        "lower-case words joined by hyphens",
        "it begins the names of the task's metrics and files");
    return Optional.empty();
  }

  private <C extends Record> Optional<PlannedTask<?>> planned(
      Node entry, Task<C> task, Optional<String> name, String place) {
    return settings
        .plugin(Ids.part(entry, "params"), task.settingsType(), place + ".params")
        .flatMap(bound -> name.map(known -> new PlannedTask<>(known, task, bound.config())));
  }
}
