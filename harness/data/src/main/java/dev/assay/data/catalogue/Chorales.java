package dev.assay.data.catalogue;

import com.google.auto.service.AutoService;
import dev.assay.data.read.ByteSource;
import dev.assay.data.read.MalformedFileException;
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
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Chorales in four voices as text: four characters for each sixteenth note, soprano to bass. */
@AutoService(DatasetProvider.class)
public final class Chorales implements DatasetProvider {
  /** A voice that is silent; every pitch that occurs is above it. */
  private static final char SILENCE = ' ';

  private static final int HIGHEST = 127;
  private static final JsonFactory JSON = new JsonFactory();

  private static final DatasetCard CARD =
      new DatasetCard(
          "jsb-chorales",
          "JSB Chorales",
          DataSpec.of(new Modality.Text(Form.DOCUMENTS)),
          "382 chorales of J. S. Bach in four voices; a character is a MIDI pitch, four a sixteenth",
          "not stated; music in the public domain",
          "N. Boulanger-Lewandowski, Y. Bengio and P. Vincent 2012; C.-Z. A. Huang 2019",
          "official: 229 train, 76 validation, 77 test",
          List.of(
              new Source(
                  "Jsb16thSeparated.json",
                  "https://raw.githubusercontent.com/czhuang/JSB-Chorales-dataset/master/Jsb16thSeparated.json",
                  "79294cc374f9252e95ef4b703161524c1c53dc1f712c236f00f1c1f5d54af5a7",
                  1_666_444)));

  @Override
  public List<DatasetCard> cards() {
    return List.of(CARD);
  }

  @Override
  public Dataset load(String id, Files files) throws IOException {
    ByteSource source = ByteSource.of(files.get(CARD.id(), CARD.sources().getFirst()));
    Map<String, List<String>> parts = new HashMap<>();
    try (InputStream in = source.open();
        JsonParser parser = JSON.createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        parts.put(parser.currentName(), chorales(source, parser));
      }
    } catch (JacksonException e) {
      throw new MalformedFileException(
          source.name(),
          "column " + e.getLocation().getColumnNr(),
          "not JSON: " + e.getOriginalMessage());
    }
    return new Dataset(
        CARD,
        part(source, parts, "train"),
        Optional.of(part(source, parts, "valid")),
        part(source, parts, "test"),
        Optional.empty());
  }

  private static Batch part(ByteSource source, Map<String, List<String>> parts, String name)
      throws MalformedFileException {
    List<String> chorales = parts.get(name);
    if (chorales == null) {
      throw new MalformedFileException(
          source.name(), "", "no field '" + name + "'; it has " + parts.keySet());
    }
    return Batch.of(new Values.Texts(chorales));
  }

  /** A list of chorales, each a list of times, each a list of pitches. */
  private static List<String> chorales(ByteSource source, JsonParser parser)
      throws MalformedFileException {
    List<String> chorales = new ArrayList<>();
    StringBuilder chorale = new StringBuilder();
    int depth = 0;
    do {
      JsonToken token = parser.nextToken();
      switch (token) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> {
          depth--;
          if (depth == 1) {
            chorales.add(chorale.toString());
            chorale.setLength(0);
          }
        }
        case VALUE_NUMBER_INT -> chorale.append(pitch(source, parser.getIntValue()));
        default ->
            throw new MalformedFileException(source.name(), "", token + " where pitches stand");
      }
    } while (depth > 0);
    return chorales;
  }

  private static char pitch(ByteSource source, int pitch) throws MalformedFileException {
    if (pitch != -1 && (pitch <= SILENCE || pitch > HIGHEST)) {
      throw new MalformedFileException(
          source.name(), "", "pitch " + pitch + ", but must be -1 or " + (SILENCE + 1) + " to 127");
    }
    return pitch == -1 ? SILENCE : (char) pitch;
  }
}
