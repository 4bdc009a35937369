package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.execute.RunObserver.Phase;
import dev.assay.runner.execute.TrainingView;
import dev.assay.runner.experiment.BackendChoice;
import dev.assay.runner.experiment.Budget;
import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.CheckpointSettings;
import dev.assay.runner.experiment.EvaluateSettings;
import dev.assay.runner.experiment.Every;
import dev.assay.runner.experiment.PlannedData;
import dev.assay.runner.experiment.PlannedModel;
import dev.assay.runner.experiment.ScoreSettings;
import dev.assay.spi.DataPreparer;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.PreparedData;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BoardTest {
  private static final List<Cell> CELLS = List.of(cell("a", 1), cell("b", 2));
  private static final TrainingView VIEW =
      new TrainingView(1200, OptionalDouble.of(5000), 1.5, 3.2154, 1210, OptionalDouble.of(42.4));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void plainLinesComeEveryTenSecondsAndAtTheEnd() {
    AtomicLong clock = new AtomicLong();
    try (PlainBoard board =
        new PlainBoard(out, clock::get, CELLS, (cell, record) -> List.of("    more"))) {
      board.phase(CELLS.getFirst(), Phase.TRAINING);
      board.trained(CELLS.getFirst(), VIEW);
      clock.set(10_000_000_000L);
      board.trained(CELLS.getFirst(), VIEW);
      board.trained(CELLS.getFirst(), VIEW);
      board.note(CELLS.get(1), "goes on after update 7");
      board.ended(CELLS.getFirst(), TestRecords.done("a", "m", 1), false);
      board.ended(CELLS.get(1), TestRecords.done("b", "m", 2), true);
    }
    assertThat(text().lines())
        .containsExactly(
            "[1/2] m · seed 1  1200/5000  loss 3.215  1.21k/s  0:42 left",
            "[2/2] m · seed 2  goes on after update 7",
            "[1/2] m · seed 1  done in 10 updates, 1.5 s",
            "    more",
            "[2/2] m · seed 2  done earlier");
  }

  @Test
  void whatIsNoTrainingIsToldOfOnceNothingWasSaidForThirtySeconds() {
    AtomicLong clock = new AtomicLong();
    Cell cell = CELLS.getFirst();
    try (PlainBoard board = new PlainBoard(out, clock::get, CELLS, (c, record) -> List.of())) {
      board.phase(cell, Phase.SCORING);
      board.computed(cell, 0, 2000);
      seconds(clock, 29);
      board.look();
      seconds(clock, 30);
      board.look();
      board.look();
      board.computed(cell, 500, 2000);
      seconds(clock, 60);
      board.look();
      board.computed(cell, 2000, 2000);
      seconds(clock, 90);
      board.look();
      board.phase(cell, Phase.SAMPLING);
      seconds(clock, 119);
      board.look();
      board.phase(cell, Phase.MEASURING);
      seconds(clock, 120);
      board.look();
      board.ended(cell, TestRecords.done("a", "m", 1), false);
      seconds(clock, 200);
      board.look();
    }
    assertThat(text().lines())
        .containsExactly(
            "[1/2] m · seed 1  scoring 0/2000  for 0:30",
            "[1/2] m · seed 1  scoring 500/2000  3:00 left",
            "[1/2] m · seed 1  scoring  for 0:30",
            "[1/2] m · seed 1  measuring  for 0:01",
            "[1/2] m · seed 1  done in 10 updates, 1.5 s");
  }

  private static void seconds(AtomicLong clock, long seconds) {
    clock.set(seconds * 1_000_000_000L);
  }

  @Test
  void liveLinesCountWhatIsComputed() {
    Cell cell = CELLS.getFirst();
    try (LiveBoard board = new LiveBoard(out, () -> 80, CELLS, (c, record) -> List.of())) {
      board.phase(cell, Phase.SAMPLING);
      board.computed(cell, 256, 1000);
      board.refresh();
      assertThat(text()).contains("[1/2] m · seed 1  sampling 256/1000\n");
      board.computed(cell, 1000, 1000);
      board.refresh();
    }
    assertThat(text()).contains("[1/2] m · seed 1  sampling …\n");
  }

  @Test
  void liveLinesNeverReachTheEndOfTheTerminalHoweverNarrow() {
    for (int width : List.of(200, 60, 30, 12, 2)) {
      bytes.reset();
      try (LiveBoard board = new LiveBoard(out, () -> width, CELLS, (cell, record) -> List.of())) {
        board.trained(CELLS.getFirst(), VIEW);
        board.refresh();
      }
      for (String line : text().replaceAll("\u001b\\[\\d*[AJ]|\r", "").split("\n")) {
        assertThat(line.length()).as("at width %d: %s", width, line).isLessThan(Math.max(2, width));
      }
    }
  }

  @Test
  void onANarrowTerminalTheLabelGivesWayToTheState() {
    try (LiveBoard board = new LiveBoard(out, () -> 53, CELLS, (cell, record) -> List.of())) {
      board.trained(CELLS.getFirst(), VIEW);
      board.refresh();
    }
    assertThat(text()).contains("[1/2] m …  1200/5000  loss 3.215  1.21k/s  0:42 left\n");
  }

  @Test
  void whatStaysIsPrintedAboveTheLiveLines() {
    try (LiveBoard board = new LiveBoard(out, () -> 80, CELLS, (cell, record) -> List.of())) {
      board.phase(CELLS.getFirst(), Phase.TRAINING);
      board.refresh();
      board.ended(CELLS.get(1), TestRecords.done("b", "m", 2), false);
    }
    assertThat(screen()).containsExactly("[2/2] m · seed 2  done in 10 updates, 1.5 s");
  }

  /** What a terminal shows in the end. */
  private List<String> screen() {
    StringBuilder screen = new StringBuilder();
    for (String part : text().split("(?=\u001b\\[\\d+A)")) {
      String rest = part;
      if (part.startsWith("\u001b")) {
        int up = Integer.parseInt(part.substring(2, part.indexOf('A')));
        List<String> lines = screen.toString().lines().toList();
        screen.setLength(0);
        lines.subList(0, lines.size() - up).forEach(line -> screen.append(line).append('\n'));
        rest = part.substring(part.indexOf('J') + 1);
      }
      screen.append(rest);
    }
    return screen.toString().lines().toList();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Cell cell(String id, long seed) {
    DataSpec spec = DataSpec.of(new Modality.Tabular(1));
    DatasetCard card = new DatasetCard("d", "D", spec, "", "", "", "", List.of());
    return new Cell(
        id,
        id,
        new PlannedData<>(
            card, Optional.empty(), new NoPreparer(), new Nothing(), new Nothing(), spec),
        new PlannedModel<>(
            "m",
            new NoModel(),
            new Nothing(),
            "",
            List.of(new PlannedModel.Sampler<>("", new Nothing()))),
        Map.of(),
        new BackendChoice("cpu", "fp32", Optional.empty(), Optional.empty()),
        seed,
        new Budget(
            Optional.empty(),
            Optional.of(1L),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new ScoreSettings(List.of(), 1, 1, 1),
        List.of(),
        List.of(),
        new EvaluateSettings(Optional.empty(), 1),
        new CheckpointSettings(new Every.Time(Duration.ofSeconds(30))),
        Fit.raw(),
        Map.of());
  }

  /** No settings. */
  record Nothing() {}

  private static final class NoPreparer implements DataPreparer<Nothing, Nothing> {
    @Override
    public Class<Nothing> splitType() {
      return Nothing.class;
    }

    @Override
    public Class<Nothing> preprocessType() {
      return Nothing.class;
    }

    @Override
    public DataSpec spec(DatasetCard card, Nothing split, Nothing preprocess) {
      return card.spec();
    }

    @Override
    public PreparedData prepare(Dataset dataset, Nothing split, Nothing preprocess) {
      throw new IllegalStateException("not in this test");
    }
  }

  private static final class NoModel implements ModelProvider<Nothing, Nothing> {
    @Override
    public String id() {
      return "m";
    }

    @Override
    public ModelCard card() {
      return new ModelCard("M", "f", "p", 2026, "e");
    }

    @Override
    public Class<Nothing> configType() {
      return Nothing.class;
    }

    @Override
    public Class<Nothing> samplerType() {
      return Nothing.class;
    }

    @Override
    public Fit fits(Nothing config, DataSpec spec) {
      return Fit.raw();
    }

    @Override
    public GenerativeModel<Nothing> create(Nothing config, ModelContext context) {
      throw new IllegalStateException("not in this test");
    }
  }
}
