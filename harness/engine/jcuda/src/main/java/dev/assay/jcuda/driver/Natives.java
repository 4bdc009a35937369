package dev.assay.jcuda.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads JCuda's native library from a folder of the user's, named after the file's hash. JCuda by
 * itself would unpack it to a fixed name in the folder for temporary files, where it takes whatever
 * has that name already.
 */
final class Natives {
  private static final String FILE = "libJCudaDriver-12.6.0-linux-x86_64.so";
  private static final String TEMPORARY = "java.io.tmpdir";

  private Natives() {}

  /**
   * Makes {@code jcuda.driver.JCudaDriver} usable.
   *
   * @throws IllegalStateException if the library cannot be unpacked or linked
   */
  static synchronized void load() {
    Path folder;
    try {
      folder = unpacked();
    } catch (IOException e) {
      throw new IllegalStateException("JCuda's native library cannot be unpacked: " + e, e);
    }
    String before = System.getProperty(TEMPORARY, "/tmp");
    System.setProperty(TEMPORARY, folder.toString());
    try {
      Class.forName("jcuda.driver.JCudaDriver");
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalStateException("JCuda's native library does not load: " + e, e);
    } finally {
      System.setProperty(TEMPORARY, before);
    }
  }

  /** The folder that holds the library, under the name that JCuda looks for. */
  static Path unpacked() throws IOException {
    URL resource = Natives.class.getResource("/lib/" + FILE);
    if (resource == null) {
      throw new IOException("the class path has no /lib/" + FILE + "; jcuda-natives brings it");
    }
    byte[] library;
    try (InputStream in = resource.openStream()) {
      library = in.readAllBytes();
    }
    Path folder = UserCache.folder("natives").resolve("jcuda-" + UserCache.hash(library));
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file) || Files.size(file) != library.length) {
      UserCache.write(file, library);
    }
    return folder;
  }
}
