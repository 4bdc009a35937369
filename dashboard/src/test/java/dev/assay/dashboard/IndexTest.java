package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.dashboard.index.BoardInfo;
import dev.assay.dashboard.index.BoardValue;
import dev.assay.dashboard.index.Database;
import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.Indexer;
import dev.assay.dashboard.index.RunRow;
import dev.assay.store.ResultTable;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index says what the files say, in either database. */
final class IndexTest {
  /** What holds in every database. */
  abstract static class Conformance {
    @TempDir Path results;
    @TempDir Path state;
    Database database;
    Index index;
    Indexer indexer;

    /** Of a database that holds nothing yet. */
    abstract Optional<String> url() throws IOException;

    @BeforeEach
    void open() throws IOException {
      database = Database.open(url(), state);
      index = new Index(database);
      indexer = new Indexer(results, database);
      Folders.fill(results);
      indexer.reconcile();
    }

    @AfterEach
    void close() {
      database.close();
    }

    private BoardInfo board(String dataset, String metric) throws IOException {
      return index.boards().stream()
          .filter(board -> board.dataset().equals(dataset) && board.metric().equals(metric))
          .findFirst()
          .orElseThrow();
    }

    @Test
    void allRunsAndBoardsAreThere() throws IOException {
      assertThat(index.runs()).isEqualTo(14);
      assertThat(index.running()).isEqualTo(1);
      assertThat(index.boards()).hasSize(10);
      BoardInfo nll = board("digits", "nll");
      assertThat(nll.rows()).isEqualTo(3);
      assertThat(nll.runs()).isEqualTo(6);
      List<BoardValue> values = index.values(nll.id());
      assertThat(values).hasSize(6);
      assertThat(values.getFirst().measures()).contains(42.0, 2.0);
      assertThat(index.facet("dataset")).containsExactly("digits", "points");
      assertThat(index.failures("digits")).hasSize(1);
    }

    @Test
    void lookingAgainReadsNothing() throws IOException {
      long revision = index.revision();
      assertThat(indexer.reconcile().any()).isFalse();
      assertThat(index.revision()).isEqualTo(revision);
    }

    @Test
    void aFolderThatIsTakenInAsAWholeComesOutTheSame(@TempDir Path fresh) throws IOException {
      Path damaged = results.resolve("runs/study/runs/damaged/run.json");
      Files.createDirectories(damaged.resolveSibling(""));
      Files.writeString(damaged, "{");
      indexer.reconcile();
      try (Database second = Database.open(url(), fresh)) {
        Index whole = new Index(second);
        Indexer at = new Indexer(results, second, 1);
        at.reconcile();
        assertThat(whole.boards())
            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("changed")
            .containsExactlyInAnyOrderElementsOf(index.boards());
        for (BoardInfo board : index.boards()) {
          assertThat(whole.values(board.id())).isEqualTo(index.values(board.id()));
        }
        assertThat(whole.damaged(10)).isEqualTo(index.damaged(10)).hasSize(1);
        assertThat(at.reconcile().any()).isFalse();
      }
    }

    @Test
    void runsThatChangeAreReadAgainAndRunsThatGoAreForgotten() throws IOException {
      Path store = results.resolve("runs").resolve("study");
      var record = Folders.record("study", "gmm", "digits", 1, 99);
      RunStore runs = new RunStore(store);
      runs.run(record.run()).write(record);
      RunRow other = index.run(Folders.record("study", "gmm", "digits", 2, 1).run()).orElseThrow();
      runs.run(other.run()).clear();
      long revision = index.revision();
      var changes = indexer.reconcile();
      assertThat(changes.removed()).isEqualTo(1);
      assertThat(index.revision()).isGreaterThan(revision);
      assertThat(index.run(other.id())).isEmpty();
      assertThat(index.values(board("digits", "nll").id()))
          .extracting(BoardValue::value)
          .contains(99.0)
          .hasSize(5);
    }

    @Test
    void damagedRunsAreNamedAndMended() throws IOException {
      Path store = results.resolve("runs").resolve("study");
      var record = Folders.record("study", "gmm", "digits", 1, 10.01);
      Path file = new RunStore(store).run(record.run()).recordFile();
      Files.writeString(file, "{");
      indexer.reconcile();
      assertThat(index.damaged(10)).singleElement().asString().contains(record.run());
      assertThat(index.run(record.run())).isEmpty();
      new RunStore(store).run(record.run()).write(record);
      indexer.reconcile();
      assertThat(index.damaged(10)).isEmpty();
      assertThat(index.run(record.run())).isPresent();
    }

    @Test
    void runsThatTheirExperimentNoLongerConsistsOfAreNotCurrent() throws IOException {
      Path store = results.resolve("runs").resolve("study");
      String kept = Folders.record("study", "gmm", "digits", 1, 1).run();
      new RunStore(store).state("study", List.of(kept));
      indexer.reconcile();
      assertThat(index.values(board("digits", "nll").id()).stream().filter(BoardValue::current))
          .singleElement()
          .satisfies(value -> assertThat(value.run().run()).isEqualTo(kept));
    }

    @Test
    void runsAreFilteredSearchedSortedAndPaged() throws IOException {
      var done = new Index.Selection(Map.of("status", "DONE"), List.of("DIGITS"), "model", false);
      var page = index.runs(done, 2, 3);
      assertThat(page.total()).isEqualTo(6);
      assertThat(page.runs()).extracting(RunRow::model).containsExactly("gmm", "gmm", "vae");
      var none = new Index.Selection(Map.of(), List.of("%"), "updated", true);
      assertThat(index.runs(none, 0, 10).total()).isZero();
      var quotes =
          new Index.Selection(
              Map.of("model", "'; DROP TABLE assay_run"), List.of(), "updated", true);
      assertThat(index.runs(quotes, 0, 10).total()).isZero();
      assertThat(index.inProgress()).extracting(RunRow::status).containsExactly(RunStatus.RUNNING);
    }

    @Test
    void keptTablesStandInForFoldersThatAreGone() throws IOException {
      Path store = results.resolve("runs").resolve("study");
      new RunStore(store).index();
      Path kept = Files.createDirectories(results.resolve("kept"));
      Files.copy(store.resolve("results.csv"), kept.resolve("results.csv"));
      indexer.reconcile();
      var tables = new Index.Selection(Map.of(), List.of("gmm", "digits"), "updated", true);
      assertThat(index.runs(tables, 0, 10).runs())
          .extracting(RunRow::source)
          .containsExactlyInAnyOrder("folder", "folder", "table", "table");
      assertThat(board("digits", "nll").rows()).isEqualTo(3);
    }

    @Test
    void baselinesThatHoldHashesBesideNumbersAreKeptTablesToo() throws IOException {
      var record = Folders.record("study", "copula", "digits", 1, 7);
      Path kept = Files.createDirectories(results.resolve("baseline"));
      ResultTable.write(kept.resolve("results.csv"), ResultTable.of(List.of(record)));
      indexer.reconcile();
      assertThat(index.damaged(10)).isEmpty();
      RunRow run = index.run(record.run()).orElseThrow();
      assertThat(run.source()).isEqualTo("table");
      assertThat(index.metrics(run.id())).hasSize(record.metrics().size());
    }

    @Test
    void aTableThatCannotBeReadIsNamedWithItsLine() throws IOException {
      Path kept = Files.createDirectories(results.resolve("kept"));
      Files.writeString(kept.resolve("results.csv"), "experiment,run\n");
      indexer.reconcile();
      assertThat(index.damaged(10))
          .singleElement()
          .asString()
          .contains("results.csv:1: ", "no column");
    }
  }

  @Nested
  final class Sqlite extends Conformance {
    @Override
    Optional<String> url() {
      return Optional.empty();
    }
  }

  /** A real server of its own. */
  @Nested
  final class Postgres extends Conformance {
    private static final AtomicInteger databases = new AtomicInteger();
    private static EmbeddedPostgres server;
    private String last = "";

    @BeforeAll
    static void start() throws IOException {
      server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
      server.close();
    }

    @Override
    Optional<String> url() throws IOException {
      String name = "team" + databases.incrementAndGet();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IOException(e);
      }
      last = "postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + name;
      return Optional.of(last);
    }

    @Test
    void serversOfOneFolderShareADatabase() throws IOException {
      try (Database second = Database.open(Optional.of(last), state)) {
        Index other = new Index(second);
        assertThat(new Indexer(results, second).reconcile().any()).isFalse();
        assertThat(other.runs()).isEqualTo(14);
        long revision = index.revision();
        Folders.write(
            results.resolve("runs").resolve("study"),
            Folders.record("study", "maf", "digits", 1, 3));
        new Indexer(results, second).reconcile();
        assertThat(index.revision()).isGreaterThan(revision);
        assertThat(index.runs()).isEqualTo(15);
      }
    }

    @Test
    void aServerOfAnotherFolderIsRefusedAndDeletesNothing(@TempDir Path another)
        throws IOException {
      try (Database second = Database.open(Optional.of(last), another.resolve(".assay"))) {
        assertThatThrownBy(() -> new Index(second))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("another results folder")
            .hasMessageContaining(another.toString());
      }
      assertThat(index.runs()).isEqualTo(14);
    }
  }
}
