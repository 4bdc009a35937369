package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.MalformedFileException;
import dev.assay.data.read.Tar;
import dev.assay.data.read.Wav;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.MuLaw;
import dev.assay.spi.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spoken digits as 8-bit μ-law codes, with the digit as label. */
@AutoService(DatasetProvider.class)
public final class SpokenDigits implements DatasetProvider {
  private static final int RATE = 8000;
  private static final int DIGITS = 10;

  /** Recordings of each speaker and digit that are for testing: the first ones. */
  private static final int TESTED = 5;

  private static final int LARGEST = 1 << 20;
  private static final Pattern NAME = Pattern.compile(".*/(\\d)_([a-z]+)_(\\d+)\\.wav");

  private static final DatasetCard CARD =
      new DatasetCard(
          "fsdd",
          "Free Spoken Digit Dataset",
          new DataSpec.Conditional(new Modality.Audio(RATE), new Modality.Label(DIGITS)),
          "3,000 recordings of spoken digits, 6 speakers, 8 kHz, as 8-bit mu-law codes, 10 classes",
          "CC BY-SA 4.0",
          "Z. Jackson et al. 2018",
          "official: recordings 0 to 4 of each speaker and digit test (300), the rest train (2,700)",
          List.of(
              new Source(
                  "recordings.tar.gz",
                  "", // the repository has a folder of recordings, no archive of them alone
                  "5c77532d3de3ebab31cea5c792c8c3c87587b0f0d5149b924400f6ae7bffc061",
                  15_557_747)));

  @Override
  public List<DatasetCard> cards() {
    return List.of(CARD);
  }

  /** Recordings as they are read. */
  private record Part(List<String> sounds, List<Integer> digits) {
    Part() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    Batch batch() {
      int[] labels = digits.stream().mapToInt(Integer::intValue).toArray();
      return new Batch(new Values.Texts(sounds), new Values.Labels(labels));
    }
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    Part train = new Part();
    Part test = new Part();
    ByteSource source = ByteSource.of(files.get(CARD.id(), CARD.sources().getFirst()));
    Tar.visit(
        source,
        LARGEST,
        (name, content) -> {
          Matcher matcher = NAME.matcher(name);
          if (!matcher.matches()) {
            throw new MalformedFileException(
                source.name(), name, "is not named digit_speaker_index.wav");
          }
          Part part = Integer.parseInt(matcher.group(3)) < TESTED ? test : train;
          part.sounds.add(codes(name, content));
          part.digits.add(Integer.parseInt(matcher.group(1)));
        });
    return new Dataset(CARD, train.batch(), Optional.empty(), test.batch(), Optional.empty());
  }

  private static String codes(String name, byte[] content) throws MalformedFileException {
    Wav wav = Wav.of(name, content);
    if (wav.rate() != RATE) {
      throw new MalformedFileException(name, "", wav.rate() + " samples a second, not " + RATE);
    }
    StringBuilder codes = new StringBuilder(wav.samples().length);
    for (short sample : wav.samples()) {
      codes.append((char) MuLaw.encode(sample));
    }
    return codes.toString();
  }
}
