package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import dev.assay.tensor.BackendProvider;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay run} on a backend that loses its device in the second of three cells. */
final class LostDeviceTest {
  @TempDir private Path folder;

  @Test
  void thatCellFailsAndTheNextIsRunByAFreshProcess() throws Exception {
    Path services = folder.resolve("plugin/META-INF/services");
    Files.createDirectories(services);
    Files.writeString(
        services.resolve(BackendProvider.class.getName()), FragileProvider.class.getName());
    Path file =
        Files.writeString(
            folder.resolve("lost.yaml"),
            """
            schema: 1
            name: lost
            data: {id: uci-digits, preprocess: {binarize: threshold}}
            models: [{id: vae, params: {hidden: [8], latent: 2, batch: 32}}]
            backends: [fragile]
            repeat: {seeds: 3}
            score: {metrics: [nll], samples: 10, importance_samples: 1}
            """);
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder.resolve("plugin")
                    + File.pathSeparator
                    + System.getProperty("java.class.path"),
                "dev.assay.cli.Main",
                "run",
                file.toString(),
                "--set",
                "budget.steps=20",
                "--out",
                out.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(1);

    List<RunRecord> records =
        new RunStore(out)
            .read().records().stream()
                .filter(record -> record.subject().backend().equals(FragileProvider.ID))
                .sorted(Comparator.comparing(record -> record.subject().trainSeed()))
                .toList();
    assertThat(records)
        .as(output)
        .extracting(RunRecord::status)
        .containsExactly(RunStatus.DONE, RunStatus.FAILED, RunStatus.DONE);
    assertThat(records.get(1).reason()).contains("CUDA_ERROR_ILLEGAL_ADDRESS");
    assertThat(records.get(2).provenance()).containsKey("process");
    assertThat(records.get(0).provenance()).doesNotContainKey("process");
    assertThat(output).contains("runs in a fresh process: this one has lost the device of fragile");
  }
}
