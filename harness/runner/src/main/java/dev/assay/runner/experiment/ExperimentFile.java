package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Edit;
import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.MapNode;
import dev.assay.runner.yaml.ProblemException;
import dev.assay.runner.yaml.Problems;
import dev.assay.runner.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An experiment file that was found right, overrides applied. The way in:
 *
 * <pre>{@code
 * ExperimentFile file = ExperimentFile.read(path, List.of("budget.epochs=2"), Registry.load());
 * Plan plan = file.plan();
 * }</pre>
 */
public final class ExperimentFile {
  private final Registry registry;
  private final Path folder;
  private final Node document;
  private final Experiment experiment;
  private final List<Point> points;

  private ExperimentFile(
      Registry registry, Path folder, Node document, Experiment experiment, List<Point> points) {
    this.registry = registry;
    this.folder = folder;
    this.document = document;
    this.experiment = experiment;
    this.points = points;
  }

  /**
   * One setting of everything that a sweep varies.
   *
   * @param swept plain values by path
   */
  record Point(Map<String, Object> swept, Experiment experiment) {
    Point {
      swept = new LinkedHashMap<>(swept);
    }
  }

  /**
   * Reads and checks a file: its syntax, every key, id and value, and every point of its sweep.
   *
   * @param overrides {@code path=value}, applied in order
   * @throws ProblemException with everything found wrong, at its line and column
   * @throws RegistryException if the class path is at fault
   * @throws IOException if the file cannot be read
   */
  public static ExperimentFile read(Path file, List<String> overrides, Registry registry)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return of(
        YamlReader.read(file, file.toString()),
        overrides,
        registry,
        folder == null ? file.toAbsolutePath() : folder);
  }

  /**
   * As {@link #read(Path, List, Registry)}, from a text.
   *
   * @param name as problems name it
   * @param yaml UTF-8
   * @param folder where relative paths of data start
   */
  public static ExperimentFile read(
      String name, byte[] yaml, List<String> overrides, Registry registry, Path folder) {
    return of(YamlReader.read(yaml, name), overrides, registry, folder);
  }

  private static ExperimentFile of(
      Node given, List<String> overrides, Registry registry, Path folder) {
    Problems problems = new Problems();
    Node document = given;
    for (String override : overrides) {
      document = Edit.parse("--set", override).applyTo(document, problems);
    }
    problems.throwIfAny();
    Optional<Experiment> experiment =
        new ExperimentReader(registry, folder, problems).read(document);
    problems.throwIfAny();
    List<Point> points = points(document, registry, folder, problems);
    problems.throwIfAny();
    return new ExperimentFile(registry, folder, document, experiment.orElseThrow(), points);
  }

  private static List<Point> points(
      Node document, Registry registry, Path folder, Problems problems) {
    Node sweep = document instanceof MapNode map ? map.get("sweep") : null;
    List<Point> points = new ArrayList<>();
    for (List<Edit> edits : SweepReader.points(sweep)) {
      Node at = document;
      Map<String, Object> swept = new LinkedHashMap<>();
      for (Edit edit : edits) {
        at = edit.applyTo(at, problems);
        Object plain = edit.value().plain();
        if (plain != null) {
          swept.put(edit.path(), plain);
        }
      }
      new ExperimentReader(registry, folder, problems)
          .read(at)
          .ifPresent(found -> points.add(new Point(swept, found)));
    }
    return points;
  }

  /** What the file says, before its sweep. */
  public Experiment experiment() {
    return experiment;
  }

  /**
   * The cells to run. Computes nothing, and reads no data but the user's own.
   *
   * @throws IOException if the user's own files cannot be read any more
   */
  public Plan plan() throws IOException {
    return new Planner(registry, folder).plan(experiment, points);
  }

  /** The document as plain values, overrides applied. */
  public Object resolved() {
    Object plain = document.plain();
    return plain == null ? Map.of() : plain;
  }
}
