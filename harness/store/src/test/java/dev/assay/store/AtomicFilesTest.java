package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void replacesAFileAndLeavesNothingBeside() throws Exception {
    Path file = folder.resolve("a.txt");
    AtomicFiles.write(file, bytes("old"));
    AtomicFiles.write(file, bytes("new"));
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void keepsTheOldFileIfWritingFails() throws Exception {
    Path file = folder.resolve("a.txt");
    AtomicFiles.write(file, bytes("old"));
    assertThatThrownBy(() ->
            AtomicFiles.write(
                file,
                out -> {
                  out.write(bytes("ne"));
                  throw new IOException("disk full");
                }))
        .hasMessage("disk full");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void endsTheProcessIfTheDiskDoesNotConfirm() {
    List<Path> ended = new ArrayList<>();
    AtomicFiles files =
        new AtomicFiles(
            channel -> {
              throw new IOException("EIO");
            },
            (file, failure) -> ended.add(file));
    Path file = folder.resolve("a.txt");
    assertThatThrownBy(() -> files.replace(file, out -> out.write(1))).hasMessage("EIO");
    assertThat(ended).hasSize(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void aReaderSeesAWholeFileWheneverItLooks() throws Exception {
    Path file = folder.resolve("a.txt");
    byte[] first = "a".repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
    byte[] second = "b".repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(file, first);
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!stop.get()) {
                  AtomicFiles.write(file, second);
                  AtomicFiles.write(file, first);
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < 200; i++) {
      byte[] seen = Files.readAllBytes(file);
      assertThat(seen).hasSize(1 << 18);
      assertThat(seen[0]).isEqualTo(seen[seen.length - 1]);
    }
    stop.set(true);
    writer.join();
  }

  @Test
  void aTornLastLineOfALogIsIgnoredByReadersAndRemovedByWriters() throws Exception {
    Path file = folder.resolve("log");
    Files.writeString(file, "one\ntwo\nthr");
    assertThat(LineLog.read(file)).containsExactly("one", "two");
    try (LineLog log = LineLog.open(file, line -> !line.equals("two"))) {
      log.append("three");
      assertThatThrownBy(() -> log.append("a\nb")).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(file).hasContent("one\nthree\n");
  }

  @Test
  void aLockIsHeldOnceAndFreeAfterwards() throws Exception {
    RunFolder run = new RunFolder(folder);
    try (RunLock lock = run.tryLock().orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(run.tryLock()).isEmpty();
    }
    try (RunLock lock = run.tryLock().orElseThrow()) {
      assertThat(lock).isNotNull();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
