package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.PlannedData;
import dev.assay.runner.experiment.ReferenceSpec;
import dev.assay.spi.Metric;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Values;
import dev.assay.store.AtomicFiles;
import dev.assay.store.DamagedFileException;
import dev.assay.store.Flag;
import dev.assay.store.MetricRow;
import dev.assay.store.Role;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import dev.assay.tensor.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference rows of an experiment: for each dataset and set of metrics, training examples in
 * place of samples, and a sampler that knows each coordinate alone. Each is a record like that of a
 * run, made once.
 */
final class References {
  private static final List<Role> ROLES = List.of(Role.ATTAINABLE, Role.FLOOR);

  private final List<Reference> all;

  /**
   * @param cell one of those whose metrics it serves
   */
  private record Reference(String id, Role role, Cell cell, Map<String, Object> spec) {}

  private References(List<Reference> all) {
    this.all = all;
  }

  /** What the cells' metrics of samples need. */
  static References of(List<Cell> cells) {
    Map<String, Reference> byId = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (cell.score().samples() > 0
          && cell.metrics().stream().anyMatch(References::isOfSamples)
          && ReferenceSamples.exist(cell.data().spec())) {
        for (Role role : ROLES) {
          Map<String, Object> spec = ReferenceSpec.plain(cell, role);
          String id = ReferenceSpec.id(spec);
          byId.putIfAbsent(id, new Reference(id, role, cell, spec));
        }
      }
    }
    return new References(List.copyOf(byId.values()));
  }

  static boolean isOfSamples(Metric metric) {
    return metric.info().minimumSamples() > 0;
  }

  List<String> ids() {
    return all.stream().map(Reference::id).toList();
  }

  /** The datasets that will be asked for, one for each reference. */
  List<PlannedData<?, ?>> data() {
    List<PlannedData<?, ?>> data = new ArrayList<>();
    all.forEach(reference -> data.add(reference.cell().data()));
    return data;
  }

  /**
   * Makes what is missing.
   *
   * @param fresh make all anew
   * @throws IOException if the store cannot be written
   */
  List<RunRecord> run(RunStore store, Workplace workplace, boolean fresh) throws IOException {
    List<RunRecord> records = new ArrayList<>();
    for (Reference reference : all) {
      try {
        if (workplace.cancellation().isRequested()) {
          break;
        }
        RunFolder folder = store.run(reference.id());
        Optional<RunRecord> known = fresh ? Optional.empty() : known(folder);
        records.add(known.isPresent() ? known.get() : make(reference, folder, workplace));
      } catch (CancelledException e) {
        break;
      } finally {
        workplace.data().release(reference.cell().data());
      }
    }
    return records;
  }

  private static Optional<RunRecord> known(RunFolder folder) throws IOException {
    try {
      return folder.read().filter(record -> record.status() == RunStatus.DONE);
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  private static RunRecord make(Reference reference, RunFolder folder, Workplace workplace)
      throws IOException {
    AtomicFiles.createFolders(folder.path());
    RunRecord record;
    try {
      record = measured(reference, folder, workplace);
    } catch (CancelledException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String reason = String.valueOf(e.getMessage());
      record = record(reference, workplace, RunStatus.FAILED, reason, List.of(), Map.of());
    }
    folder.write(record);
    return record;
  }

  private static RunRecord measured(Reference reference, RunFolder folder, Workplace workplace)
      throws IOException {
    Cell cell = reference.cell();
    PreparedData data = workplace.data().get(cell.data());
    RandomStream random =
        RandomStream.root(cell.score().seed()).child("reference").child(reference.role().name());
    int count = cell.score().samples();
    Values samples =
        reference.role() == Role.FLOOR
            ? ReferenceSamples.independent(data.train().x(), count, random.child("sample"))
            : ReferenceSamples.replayed(data.train().x(), count, random.child("sample"));
    Sampling.Drawn drawn = Sampling.Drawn.of(samples, new Values.Nothing(count), 0);
    SampleFiles.write(folder.samples(), "samples", drawn, data);
    Rows rows = new Rows("");
    new Measuring(cell, data, workplace, rows)
        .run(
            "",
            Optional.of(drawn),
            Optional.empty(),
            cell.metrics().stream().filter(References::isOfSamples).toList(),
            metric -> random.child("metric:" + metric));
    return record(
        reference,
        workplace,
        RunStatus.DONE,
        "",
        rows.all(),
        Map.of("data", data.hash(), "samples/samples", drawn.hash()));
  }

  private static RunRecord record(
      Reference reference,
      Workplace workplace,
      RunStatus status,
      String reason,
      List<MetricRow> metrics,
      Map<String, String> hashes) {
    Cell cell = reference.cell();
    RunRecord.Subject subject =
        new RunRecord.Subject(
            ReferenceSpec.name(reference.role()),
            "reference",
            cell.data().id(),
            "test",
            "",
            "",
            "",
            0,
            cell.score().seed(),
            "");
    List<Flag> none = List.of();
    return new RunRecord(
        RunRecord.SCHEMA,
        reference.id(),
        reference.id(),
        workplace.experiment(),
        status,
        reason,
        subject,
        RunRecord.Progress.none(),
        metrics,
        hashes,
        workplace.provenance(),
        reference.spec(),
        reference.role(),
        none);
  }
}
