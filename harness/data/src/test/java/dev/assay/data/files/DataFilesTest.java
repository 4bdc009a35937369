package dev.assay.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.assay.data.Sha256;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetFiles.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFilesTest {
  private static final String CONTENT = "the content of the file";

  @TempDir private Path folder;
  private HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
          if (status == 302) {
            exchange.getResponseHeaders().add("Location", body);
          }
          exchange.sendResponseHeaders(status, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }

  private Source source(String url) {
    return new Source("a.txt", url, Sha256.of(CONTENT), CONTENT.length());
  }

  private Path cached() {
    return folder.resolve("cache/data/toy/a.txt");
  }

  private Path mirror(String content) throws IOException {
    Path mirror = folder.resolve("mirror");
    Files.createDirectories(mirror.resolve("toy"));
    Files.writeString(mirror.resolve("toy/a.txt"), content);
    return mirror;
  }

  private DataFiles files(Object... mirrors) {
    String list = Stream.of(mirrors).map(Object::toString).collect(Collectors.joining(","));
    return new DataFiles(folder.resolve("cache"), list, Duration.ofMillis(400));
  }

  @Test
  void aDownloadIsKeptAndReported() throws IOException {
    serve("/a.txt", 200, CONTENT);
    List<String> reports = new ArrayList<>();
    DataFiles files = files();
    Path path =
        files.get(
            "toy",
            source(address() + "/a.txt"),
            (done, total) -> reports.add(done + " of " + total));
    assertThat(path).isEqualTo(cached()).hasContent(CONTENT);
    assertThat(files.get("toy", source(address() + "/a.txt"))).isEqualTo(path);
    assertThat(requests).hasValue(1);
    assertThat(reports.getLast()).isEqualTo("23 of 23");
    try (Stream<Path> left = Files.list(path.getParent())) {
      assertThat(left).containsExactly(path);
    }
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    serve("/a.txt", 302, address() + "/there");
    serve("/there", 200, CONTENT);
    assertThat(files().get("toy", source(address() + "/a.txt"))).hasContent(CONTENT);
  }

  @Test
  void aCorruptCachedFileIsFetchedAgain() throws IOException {
    serve("/a.txt", 200, CONTENT);
    Files.createDirectories(cached().getParent());
    Files.writeString(cached(), CONTENT.replace('c', 'k'));
    assertThat(files().get("toy", source(address() + "/a.txt"))).hasContent(CONTENT);
    Files.writeString(cached(), "short");
    assertThat(files().get("toy", source(address() + "/a.txt"))).hasContent(CONTENT);
    assertThat(requests).hasValue(2);
  }

  @Test
  void aFolderMirrorsFileIsUsedInPlaceBeforeAnyDownload() throws IOException {
    serve("/a.txt", 200, CONTENT);
    Path mirror = mirror(CONTENT);
    Path path = files(mirror).get("toy", source(address() + "/a.txt"));
    assertThat(path).isEqualTo(mirror.resolve("toy/a.txt"));
    assertThat(requests).hasValue(0);
    assertThat(cached()).doesNotExist();
  }

  @Test
  void aMirrorServesWhereTheCacheCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("cache"), "a file where the folder should be");
    Path mirror = mirror(CONTENT);
    assertThat(files(mirror).get("toy", source(""))).isEqualTo(mirror.resolve("toy/a.txt"));
    assertThat(file).isRegularFile();
  }

  @Test
  void mirrorsAreTriedInTheirOrder() throws IOException {
    serve("/base/toy/a.txt", 200, CONTENT);
    DataFiles files = files(folder.resolve("nowhere"), address() + "/wrong", address() + "/base");
    assertThat(files.get("toy", source(""))).isEqualTo(cached()).hasContent(CONTENT);
  }

  @Test
  void theErrorNamesEveryPlaceItsFaultAndTheCure() throws IOException {
    serve("/longer", 200, CONTENT + "!");
    serve("/shorter/toy/a.txt", 200, "short");
    serve("/other/toy/a.txt", 200, CONTENT.toUpperCase(java.util.Locale.ROOT));
    serve("/gone/toy/a.txt", 503, "");
    Path mirror = mirror(CONTENT + "?");
    DataFiles files =
        files(mirror, address() + "/shorter", address() + "/other", address() + "/gone");
    assertThatThrownBy(() -> files.get("toy", source(address() + "/longer")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("toy/a.txt cannot be had:")
        .hasMessageContaining("cache " + cached() + ": no such file")
        .hasMessageContaining("mirror " + mirror.resolve("toy/a.txt") + ": 24 bytes, but 23 are")
        .hasMessageContaining("/shorter/toy/a.txt: 5 bytes, but 23 are expected")
        .hasMessageContaining("/other/toy/a.txt: its SHA-256 is")
        .hasMessageContaining("/gone/toy/a.txt: HTTP status 503")
        .hasMessageContaining(
            "official address " + address() + "/longer: more than the expected 23")
        .hasMessageContaining("set ASSAY_MIRROR");
    assertThat(cached()).doesNotExist();
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() {
    server.createContext(
        "/a.txt",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length());
          exchange.getResponseBody().write('t');
          exchange.getResponseBody().flush();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThatThrownBy(() -> files().get("toy", source(address() + "/a.txt")))
        .hasMessageContaining("no byte for");
  }

  @Test
  void nobodyThereIsAReadableFault() {
    int port = server.getAddress().getPort();
    server.stop(0);
    assertThatThrownBy(() -> files().get("toy", source("http://127.0.0.1:" + port + "/a.txt")))
        .hasMessageContaining("/a.txt: cannot connect");
    assertThatThrownBy(() -> files().get("toy", source("gopher:x")))
        .hasMessageContaining("official address gopher:x");
  }

  @Test
  void anUnchangedFileIsHashedOnceAndAChangedOneAgain() throws IOException {
    Path mirror = mirror(CONTENT);
    Path file = mirror.resolve("toy/a.txt");
    FileTime time = Files.getLastModifiedTime(file);
    DataFiles files = files(mirror);
    files.get("toy", source(""));
    // Bytes change behind the back of size and time: memory answers, a close look does not.
    Files.writeString(file, CONTENT.replace('c', 'k'));
    Files.setLastModifiedTime(file, time);
    assertThat(files.get("toy", source(""))).isEqualTo(file);
    assertThat(files.state("toy", source(""))).isEqualTo(State.DAMAGED);
    assertThatThrownBy(() -> files.get("toy", source(""))).hasMessageContaining("its SHA-256 is");
    Files.writeString(file, CONTENT);
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
    assertThat(files.get("toy", source(""))).isEqualTo(file);
    assertThat(files.state("toy", source(""))).isEqualTo(State.MIRRORED);
  }

  @Test
  void theStateTellsWhereAFileLiesWithoutAskingAnyServer() throws IOException {
    serve("/a.txt", 200, CONTENT);
    Source source = source(address() + "/a.txt");
    assertThat(files().state("toy", source)).isEqualTo(State.REMOTE);
    DataFiles files = files(mirror("damaged"));
    assertThat(files.state("toy", source)).isEqualTo(State.DAMAGED);
    mirror(CONTENT);
    assertThat(files.state("toy", source)).isEqualTo(State.MIRRORED);
    assertThat(requests).hasValue(0);
    files().get("toy", source);
    assertThat(files.state("toy", source)).isEqualTo(State.CACHED);
    Files.writeString(cached(), CONTENT.replace('c', 'k'));
    assertThat(files.state("toy", source)).isEqualTo(State.DAMAGED);
  }

  @Test
  void theCacheIsWhereTheEnvironmentSays() {
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(DataFiles.cache(Map.of())).isEqualTo(home.resolve(".cache/assay"));
    assertThat(DataFiles.cache(Map.of("XDG_CACHE_HOME", "/x", "ASSAY_CACHE", " ")))
        .isEqualTo(Path.of("/x/assay"));
    assertThat(DataFiles.cache(Map.of("XDG_CACHE_HOME", "/x", "ASSAY_CACHE", "/y")))
        .isEqualTo(Path.of("/y"));
  }

  @Test
  void aFileCannotLieOutsideItsDatasetsFolder() {
    for (String name : List.of("../x", "//etc/passwd", "/../x", "a/../../x")) {
      Source source = new Source(name, "", Sha256.of(""), 0);
      assertThatThrownBy(() -> files().get("toy", source))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no path inside a dataset's folder");
    }
  }

  @Test
  void aListOfMirrorsMayMixFoldersAndAddresses() {
    assertThat(Mirror.parse("/a:/b, https://host:8080/x/ ,/c:http://h/y"))
        .containsExactly(
            new Mirror.Folder(Path.of("/a")),
            new Mirror.Folder(Path.of("/b")),
            new Mirror.Web("https://host:8080/x"),
            new Mirror.Folder(Path.of("/c")),
            new Mirror.Web("http://h/y"));
    assertThat(Mirror.parse(" , ")).isEmpty();
    assertThat(Mirror.parse("data"))
        .containsExactly(new Mirror.Folder(Path.of("data").toAbsolutePath()));
    assertThatThrownBy(() -> files("https:///x").get("toy", source("")))
        .isInstanceOf(IOException.class)
        .hasMessage("ASSAY_MIRROR: the mirror 'https:///x' names no host");
  }
}
