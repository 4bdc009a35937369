package dev.assay.data.user;

import com.google.auto.service.AutoService;
import dev.assay.data.HoldOut;
import dev.assay.data.Sha256;
import dev.assay.data.read.ImageFolder;
import dev.assay.data.user.UserData.Format;
import dev.assay.data.user.UserData.Separator;
import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.OwnFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a user's own files. */
@AutoService(OwnFiles.class)
public final class UserDatasets implements OwnFiles<UserData> {
  private static final int ID_DIGITS = 8;

  @Override
  public Class<UserData> configType() {
    return UserData.class;
  }

  @Override
  public Dataset load(UserData data, Path folder) throws IOException {
    if (data.path().isEmpty()) {
      throw new ConfigException("path", "'path' is missing: it names what to read", List.of());
    }
    Path path = folder.resolve(data.path());
    Format format = data.format() == Format.AUTO ? FileNames.format(path) : data.format();
    refuseStrays(data, format);
    PartReader reader = new PartReader(data, format);
    Part train = reader.read(path, file(folder, data.labels()));
    Optional<Path> testPath = file(folder, data.testPath());
    Optional<Part> test = Optional.empty();
    if (testPath.isPresent()) {
      Part read = reader.read(testPath.get(), file(folder, data.testLabels()));
      test = Optional.of(read.numberedAs(train, testPath.get().toString()));
    }
    HoldOut parts = parts(data, format, train, test);
    List<Source> sources = sources(data, folder);
    DatasetCard card =
        new DatasetCard(
            FileNames.id(path) + "-" + content(sources),
            path.getFileName() + " (own files)",
            train.spec(),
            describe(format, parts),
            "not stated",
            "not stated",
            split(data, format),
            sources);
    return new Dataset(card, parts.train(), Optional.empty(), parts.test(), Optional.empty());
  }

  private static HoldOut parts(UserData data, Format format, Part train, Optional<Part> test) {
    if (test.isPresent()) {
      return new HoldOut(train.batch(), test.get().batch());
    }
    Batch all = train.batch();
    try {
      return format == Format.TEXT
          ? HoldOut.tail(data.testFraction(), all.texts().texts().getFirst())
          : HoldOut.spread(data.testFraction(), all);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("test_fraction", String.valueOf(e.getMessage()), List.of());
    }
  }

  private static Optional<Path> file(Path folder, String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(name));
  }

  /** Options that have no meaning for the format are mistakes. */
  private static void refuseStrays(UserData data, Format format) {
    refuse("label", !data.label().isEmpty(), format, Format.CSV);
    refuse("columns", !data.columns().isEmpty(), format, Format.CSV);
    refuse("separator", data.separator() != Separator.AUTO, format, Format.CSV);
    refuse("labels", !data.labels().isEmpty(), format, Format.IDX);
    refuse("test_labels", !data.testLabels().isEmpty(), format, Format.IDX);
    refuse("field", !data.field().isEmpty(), format, Format.JSONL);
    if (!data.testLabels().isEmpty() && data.testPath().isEmpty()) {
      throw new ConfigException(
          "test_labels", "'test_labels' belongs to a 'test_path', which is missing", List.of());
    }
  }

  private static void refuse(String key, boolean given, Format format, Format home) {
    if (given && format != home) {
      throw new ConfigException(
          key,
          "'%s' has a meaning only with format: %s, not %s"
              .formatted(key, name(home), name(format)),
          List.of());
    }
  }

  private static String name(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static String describe(Format format, HoldOut parts) {
    return format == Format.TEXT
        ? "one running text"
        : parts.train().count() + " train and " + parts.test().count() + " test examples";
  }

  private static String split(UserData data, Format format) {
    if (!data.testPath().isEmpty()) {
      return "files of their own";
    }
    return (format == Format.TEXT
            ? "test is the last part of the text: "
            : "test is spread evenly: ")
        + data.testFraction();
  }

  private static String content(List<Source> sources) {
    String hashes = String.join("", sources.stream().map(Source::sha256).toList());
    return Sha256.of(hashes).substring(0, ID_DIGITS);
  }

  private static List<Source> sources(UserData data, Path folder) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String name : List.of(data.path(), data.testPath(), data.labels(), data.testLabels())) {
      if (!name.isEmpty()) {
        sources.add(source(name, folder.resolve(name)));
      }
    }
    return sources;
  }

  /** Of a folder, the hash is over the names, sizes and bytes of its images. */
  private static Source source(String name, Path path) throws IOException {
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    if (Files.isDirectory(path)) {
      for (Path file : ImageFolder.files(path)) {
        String entry = path.relativize(file) + "\n" + Files.size(file) + "\n";
        digest.update(entry.getBytes(StandardCharsets.UTF_8));
        Sha256.update(digest, file);
        bytes += Files.size(file);
      }
    } else {
      Sha256.update(digest, path);
      bytes = Files.size(path);
    }
    return new Source(name, path.toUri().toString(), Sha256.hex(digest), bytes);
  }
}
