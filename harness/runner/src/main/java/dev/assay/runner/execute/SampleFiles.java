package dev.assay.runner.execute;

import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Values;
import dev.assay.store.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes samples for people: pictures as PNG, texts as TXT, sounds as WAV, tables as CSV. Beside a
 * grid of images stands one of the training examples nearest to them, place for place, so that a
 * copy shows.
 */
public final class SampleFiles {
  private static final int MOST_SOUNDS = 16;

  private SampleFiles() {}

  /**
   * Writes samples into a folder, which is made if it is absent.
   *
   * @param stem of the file names, such as {@code samples}
   * @return the files
   */
  public static List<Path> write(Path folder, String stem, Sampling.Drawn drawn, PreparedData data)
      throws IOException {
    AtomicFiles.createFolders(folder);
    List<Path> files = new ArrayList<>();
    switch (data.spec().x()) {
      case Modality.Image form -> {
        Values.Dense images = (Values.Dense) drawn.values();
        files.add(png(folder, stem, ImageGrid.of(images, form)));
        Values.Dense train = data.train().dense();
        if (images.count() > 0 && train.count() > 0) {
          int shown = Math.min(ImageGrid.MOST, images.count());
          Values.Dense first = images.select(IntStream.range(0, shown).toArray());
          Values.Dense nearest = train.select(NearestExamples.of(first, train));
          files.add(png(folder, stem + "-nearest", ImageGrid.of(nearest, form)));
        }
      }
      case Modality.Tabular form -> {
        Values.Dense rows = (Values.Dense) drawn.values();
        files.add(text(folder.resolve(stem + ".csv"), csv(rows, drawn.condition())));
        if (form.columns() == 2 && rows.count() > 0) {
          Values.Dense train = data.train().dense();
          files.add(png(folder, stem, ScatterPlot.of(rows, train, data.density())));
        }
      }
      case Modality.Text form ->
          files.add(
              text(folder.resolve(stem + ".txt"), lines(((Values.Texts) drawn.values()).texts())));
      case Modality.Audio(int rate) ->
          files.addAll(sounds(folder, stem, ((Values.Texts) drawn.values()).texts(), rate));
      case Modality.Label form -> {
        StringBuilder all = new StringBuilder("label\n");
        for (int label : ((Values.Labels) drawn.values()).labels()) {
          all.append(label).append('\n');
        }
        files.add(text(folder.resolve(stem + ".csv"), all.toString()));
      }
      case Modality.Nothing form -> {}
    }
    return files;
  }

  private static Path png(Path folder, String stem, Png png) throws IOException {
    Path file = folder.resolve(stem + ".png");
    AtomicFiles.write(file, png::writeTo);
    return file;
  }

  /** The first sounds, a file each. */
  private static List<Path> sounds(Path folder, String stem, List<String> sounds, int rate)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_SOUNDS, sounds.size()); i++) {
      Path file = folder.resolve("%s-%02d.wav".formatted(stem, i + 1));
      AtomicFiles.write(file, WavBytes.of(sounds.get(i), rate));
      files.add(file);
    }
    return files;
  }

  private static Path text(Path file, String content) throws IOException {
    AtomicFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** One text a line; texts of several lines get a numbered line before each. */
  static String lines(List<String> texts) {
    boolean single = texts.stream().noneMatch(t -> t.indexOf('\n') >= 0 || t.indexOf('\r') >= 0);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      if (!single) {
        all.append("--- ").append(i + 1).append(" ---\n");
      }
      all.append(texts.get(i)).append('\n');
    }
    return all.toString();
  }

  private static String csv(Values.Dense rows, Values condition) {
    StringBuilder all = new StringBuilder();
    boolean labelled = condition instanceof Values.Labels;
    for (int j = 0; j < rows.width(); j++) {
      all.append(j == 0 ? "" : ",").append('x').append(j);
    }
    all.append(labelled ? ",label\n" : "\n");
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < rows.width(); j++) {
        all.append(j == 0 ? "" : ",").append(rows.data()[i * rows.width() + j]);
      }
      if (condition instanceof Values.Labels labels) {
        all.append(',').append(labels.labels()[i]);
      }
      all.append('\n');
    }
    return all.toString();
  }
}
