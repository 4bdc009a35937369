package dev.assay.runner.task;

/**
 * A task with its settings resolved.
 *
 * @param name begins the names of its metrics and of its files; unique within an experiment
 */
public record PlannedTask<C extends Record>(String name, Task<C> task, C settings) {
  /** Does it. */
  public <S extends Record> Outcome run(Subject<S> subject) {
    return task.run(settings, subject);
  }
}
