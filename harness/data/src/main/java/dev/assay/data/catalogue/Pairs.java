package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.JsonLines;
import dev.assay.data.read.MalformedFileException;
import dev.assay.data.read.TextFile;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Texts under texts: translation, commands and actions, spelling and sound, sums in words. */
@AutoService(DatasetProvider.class)
public final class Pairs implements DatasetProvider {
  private static final DataSpec PAIRS =
      new DataSpec.Conditional(
          new Modality.Text(Form.DOCUMENTS), new Modality.Text(Form.DOCUMENTS));

  private static final String MULTI30K_FOLDER =
      "https://raw.githubusercontent.com/multi30k/dataset/master/data/task1/raw/";
  private static final String SCAN_FOLDER =
      "https://raw.githubusercontent.com/brendenlake/SCAN/master/";
  private static final int TWENTIETHS = 20;

  private static final DatasetCard MULTI30K =
      new DatasetCard(
          "multi30k",
          "Multi30k, German to English",
          PAIRS,
          "31,014 captions of images in English, under their German translations",
          "not stated; captions of Flickr30k, for research",
          "D. Elliott, S. Frank, K. Sima'an and L. Specia 2016 (task 1)",
          "official: 29,000 train, 1,014 validation, 1,000 test (2016, Flickr)",
          List.of(
              multi30k(
                  "train.de.gz",
                  "726e39b2fa9eb9ffb6dc763fb35a179f80fae06ffc5d28b6ace5faa883de28a6",
                  637_044),
              multi30k(
                  "train.en.gz",
                  "d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f",
                  568_929),
              multi30k(
                  "val.de.gz",
                  "f0cba2f995189cf5770f29a8a9a537a3ad3f51657ad873405082ff6863a5e75a",
                  24_681),
              multi30k(
                  "val.en.gz",
                  "14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28",
                  21_650),
              multi30k(
                  "test_2016_flickr.de.gz",
                  "9204244e408ccb38d2a55cfcd344df15005fc42a07a6e55ca6c52b6ababb8cc8",
                  22_890),
              multi30k(
                  "test_2016_flickr.en.gz",
                  "611d361c6334bc7246101d48097c13cf5c4413c5befc793cc629934359d532d9",
                  21_077)));

  static final DatasetCard SCAN =
      new DatasetCard(
          "scan",
          "SCAN, simple split",
          PAIRS,
          "20,910 sequences of actions under commands such as 'jump twice and look left'",
          "BSD",
          "B. Lake and M. Baroni 2018",
          "official simple split: 16,728 train, 4,182 test",
          List.of(
              scan(
                  "simple_split/tasks_train_simple.txt",
                  "941bb8a088c5f53ceff12fde902dc008933cf0c4203cc672c47b5f79d73262dd",
                  3_267_938),
              scan(
                  "simple_split/tasks_test_simple.txt",
                  "1fe1c8f5a19d0dc40e41bab94278f45f66f3dc415a978bd29855a23440610fc6",
                  812_450)));

  static final DatasetCard CMUDICT =
      new DatasetCard(
          "cmudict",
          "CMU Pronouncing Dictionary",
          PAIRS,
          "135,166 pronunciations in phonemes with stress, under the spelling of 126,052 words",
          "BSD-2-Clause",
          "Carnegie Mellon University 1993-2015",
          "words by place modulo 20: 18 validation, 19 test, the rest train; all pronunciations of a"
              + " word stay together",
          List.of(
              new Source(
                  "cmudict.dict",
                  "https://raw.githubusercontent.com/cmusphinx/cmudict/master/cmudict.dict",
                  "81917843c7f44ce2b094ac63873c2c7a4cf802040792c455ba3ca406891c3d22",
                  3_618_488)));

  private static final DatasetCard GSM8K =
      new DatasetCard(
          "gsm8k",
          "GSM8K",
          PAIRS,
          "8,792 sums in words, each answer with its steps and, after ####, the number",
          "MIT",
          "K. Cobbe et al. 2021",
          "official: 7,473 train, 1,319 test",
          List.of(
              gsm8k(
                  "train.jsonl",
                  "17f347dc51477c50d4efb83959dbb7c56297aba886e5544ee2aaed3024813465",
                  4_166_206),
              gsm8k(
                  "test.jsonl",
                  "3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14",
                  749_738)));

  private static Source gsm8k(String file, String sha256, long bytes) {
    String folder =
        "https://raw.githubusercontent.com/openai/grade-school-math/master/grade_school_math/data/";
    return new Source(file, folder + file, sha256, bytes);
  }

  private static Source multi30k(String file, String sha256, long bytes) {
    return new Source(file, MULTI30K_FOLDER + file, sha256, bytes);
  }

  private static Source scan(String file, String sha256, long bytes) {
    return new Source(file, SCAN_FOLDER + file, sha256, bytes);
  }

  /** Pairs as they are read. */
  private record Part(List<String> x, List<String> conditions) {
    Part() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(String text, String condition) {
      x.add(text);
      conditions.add(condition);
    }

    Batch batch() {
      return new Batch(new Values.Texts(x), new Values.Texts(conditions));
    }
  }

  @Override
  public List<DatasetCard> cards() {
    return List.of(MULTI30K, SCAN, CMUDICT, GSM8K);
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    return switch (id) {
      case "multi30k" ->
          dataset(
              MULTI30K,
              translations(files, 0),
              Optional.of(translations(files, 2)),
              translations(files, 4));
      case "scan" -> dataset(SCAN, actions(files, 0), Optional.empty(), actions(files, 1));
      case "cmudict" -> pronunciations(files);
      case "gsm8k" -> dataset(GSM8K, sums(files, 0), Optional.empty(), sums(files, 1));
      default -> throw new NoSuchElementException("no pairs '" + id + "'");
    };
  }

  private static Dataset dataset(DatasetCard card, Part train, Optional<Part> valid, Part test) {
    return new Dataset(card, train.batch(), valid.map(Part::batch), test.batch(), Optional.empty());
  }

  private static ByteSource source(DatasetCard card, Files files, int index) throws IOException {
    return ByteSource.of(files.get(card.id(), card.sources().get(index)));
  }

  /** Files {@code index} (German) and the next (English), line by line. */
  private static Part translations(Files files, int index) throws IOException {
    List<String> german = TextFile.lines(source(MULTI30K, files, index));
    ByteSource other = source(MULTI30K, files, index + 1);
    List<String> english = TextFile.lines(other);
    if (german.size() != english.size()) {
      throw new MalformedFileException(
          other.name(), "", english.size() + " lines, but the German side has " + german.size());
    }
    return new Part(english, german);
  }

  private static Part sums(Files files, int index) throws IOException {
    ByteSource source = source(GSM8K, files, index);
    return new Part(JsonLines.texts(source, "answer"), JsonLines.texts(source, "question"));
  }

  /** Lines such as {@code IN: jump twice OUT: I_JUMP I_JUMP}. */
  private static Part actions(Files files, int index) throws IOException {
    ByteSource source = source(SCAN, files, index);
    Part part = new Part();
    int line = 0;
    for (String text : TextFile.lines(source)) {
      line++;
      int out = text.indexOf(" OUT: ");
      if (!text.startsWith("IN: ") || out < 0) {
        throw new MalformedFileException(source.name(), "line " + line, "has no IN: … OUT: …");
      }
      part.add(text.substring(out + 6).strip(), text.substring(4, out).strip());
    }
    return part;
  }

  /** Lines such as {@code aalborg(2) AA1 L B AO0 R G # comment}. */
  private static Dataset pronunciations(Files files) throws IOException {
    ByteSource source = source(CMUDICT, files, 0);
    Part train = new Part();
    Part valid = new Part();
    Part test = new Part();
    String last = "";
    int word = -1;
    int line = 0;
    for (String text : TextFile.lines(source)) {
      line++;
      int comment = text.indexOf(" #");
      String entry = comment < 0 ? text : text.substring(0, comment);
      int space = entry.indexOf(' ');
      if (space < 1) {
        throw new MalformedFileException(source.name(), "line " + line, "has no pronunciation");
      }
      String spelling = entry.substring(0, space).replaceFirst("\\(\\d+\\)$", "");
      word += spelling.equals(last) ? 0 : 1;
      last = spelling;
      Part part =
          switch (word % TWENTIETHS) {
            case TWENTIETHS - 1 -> test;
            case TWENTIETHS - 2 -> valid;
            default -> train;
          };
      part.add(entry.substring(space + 1).strip(), spelling);
    }
    return dataset(CMUDICT, train, Optional.of(valid), test);
  }
}
