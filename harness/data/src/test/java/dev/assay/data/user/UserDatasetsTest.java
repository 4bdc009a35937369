package dev.assay.data.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.ConfigException;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.DatasetCard.Source;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.Values;
import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserDatasetsTest {
  @TempDir private Path folder;

  private Dataset load(Map<String, ?> values) throws IOException {
    return new UserDatasets().load(Configs.bind(UserData.class, values), folder);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  private static int[] labels(Values values) {
    return ((Values.Labels) values).labels();
  }

  @Test
  void aTableWithALabel() throws IOException {
    write("My Flowers.csv", "a,kind,b\n1,x,2\n3,y,4\n5,x,6\n7,y,8\n");
    Dataset data = load(Map.of("path", "My Flowers.csv", "label", "kind", "test_fraction", 0.5));
    assertThat(data.card().id()).matches("my-flowers-[0-9a-f]{8}");
    assertThat(data.card().spec())
        .isEqualTo(new DataSpec.Conditional(new Modality.Tabular(2), new Modality.Label(2)));
    assertThat(data.train().dense().data()).containsExactly(1, 2, 5, 6);
    assertThat(data.test().dense().data()).containsExactly(3, 4, 7, 8);
    assertThat(labels(data.test().condition())).containsExactly(1, 1);
  }

  @Test
  void chosenColumnsInTheirOrderAndNoLabel() throws IOException {
    write("t.tsv", "a\tb\tc\n1\tno\t3\n4\tno\t6\n");
    Dataset data =
        load(Map.of("path", "t.tsv", "columns", List.of("c", "a"), "test_fraction", 0.5));
    assertThat(data.card().spec()).isEqualTo(DataSpec.of(new Modality.Tabular(2)));
    assertThat(data.train().dense().data()).containsExactly(3, 1);
  }

  @Test
  void testFilesKeepTheLabelsOfTheTrainingFile() throws IOException {
    write("train.csv", "v;kind\n1;b\n2;a\n3;c\n");
    write("test.csv", "v;kind\n9;c\n8;b\n");
    Map<String, Object> values =
        Map.of(
            "path", "train.csv",
            "test_path", "test.csv",
            "label", "kind",
            "separator", "semicolon");
    Dataset data = load(values);
    assertThat(labels(data.train().condition())).containsExactly(1, 0, 2);
    assertThat(labels(data.test().condition())).containsExactly(2, 1);
    write("test.csv", "v;kind\n9;d\n");
    assertThatThrownBy(() -> load(values))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("test.csv has the class 'd', which the training part lacks")
        .hasMessageContaining("choices: a, b, c");
    write("test.csv", "v;w;kind\n9;1;a\n");
    assertThatThrownBy(() -> load(values)).hasMessageContaining("Tabular[columns=2]");
  }

  @Test
  void arraysWithLabels() throws IOException {
    Files.write(folder.resolve("x-idx3-ubyte"), idx(new int[] {4, 1, 2}, 0, 1, 2, 3, 4, 5, 6, 7));
    Files.write(folder.resolve("y-idx1-ubyte"), idx(new int[] {4}, 0, 2, 1, 0));
    Dataset data =
        load(Map.of("path", "x-idx3-ubyte", "labels", "y-idx1-ubyte", "test_fraction", 0.25));
    assertThat(data.card().spec())
        .isEqualTo(
            new DataSpec.Conditional(new Modality.Image(1, 2, 1, 256), new Modality.Label(3)));
    assertThat(data.test().dense().data()).containsExactly(6, 7);
    Files.write(folder.resolve("y-idx1-ubyte"), idx(new int[] {3}, 0, 2, 1));
    assertThatThrownBy(() -> load(Map.of("path", "x-idx3-ubyte", "labels", "y-idx1-ubyte")))
        .hasMessageContaining("3 labels, but")
        .hasMessageContaining("has 4 examples");
  }

  private static byte[] idx(int[] dims, int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
    out.put(new byte[] {0, 0, 8, (byte) dims.length});
    for (int dim : dims) {
      out.putInt(dim);
    }
    for (int value : values) {
      out.put((byte) value);
    }
    return out.array();
  }

  @Test
  void imageFoldersWithClasses() throws IOException {
    for (String name : List.of("a/1", "a/2", "b/1", "b/2")) {
      Path file = folder.resolve("pictures/" + name + ".png");
      Files.createDirectories(file.getParent());
      ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
    }
    Dataset data = load(Map.of("path", "pictures", "test_fraction", 0.5));
    assertThat(data.card().spec())
        .isEqualTo(
            new DataSpec.Conditional(new Modality.Image(2, 3, 1, 256), new Modality.Label(2)));
    assertThat(labels(data.train().condition())).containsExactly(0, 1);
  }

  @Test
  void textLinesAndJson() throws IOException {
    write("t.txt", "0123456789\nabcdefghi");
    Dataset stream = load(Map.of("path", "t.txt", "format", "text"));
    assertThat(stream.card().spec()).isEqualTo(DataSpec.of(new Modality.Text(Form.STREAM)));
    assertThat(stream.test().texts().texts()).containsExactly("hi");
    Dataset lines = load(Map.of("path", "t.txt", "format", "lines", "test_fraction", 0.5));
    assertThat(lines.card().spec()).isEqualTo(DataSpec.of(new Modality.Text(Form.DOCUMENTS)));
    assertThat(lines.train().texts().texts()).containsExactly("0123456789");
    write("d.jsonl", "{\"text\": \"a\", \"q\": \"x\"}\n{\"text\": \"b\", \"q\": \"y\"}\n");
    assertThat(load(Map.of("path", "d.jsonl", "test_fraction", 0.5)).test().texts().texts())
        .containsExactly("b");
    Dataset questions = load(Map.of("path", "d.jsonl", "field", "q", "test_fraction", 0.5));
    assertThat(questions.test().texts().texts()).containsExactly("y");
  }

  @Test
  void theCardTellsContentsApart() throws IOException {
    write("t.csv", "a\n1\n2\n");
    DatasetCard first = load(Map.of("path", "t.csv", "test_fraction", 0.5)).card();
    Source source = first.sources().getFirst();
    // printf 'a\n1\n2\n' | sha256sum
    assertThat(source.sha256())
        .isEqualTo("d4fa155a0784a2543c083ff5c36ec7a7d4810f08946220e5acf4c1f11006216e");
    assertThat(source.bytes()).isEqualTo(6);
    write("t.csv", "a\n1\n3\n");
    DatasetCard second = load(Map.of("path", "t.csv", "test_fraction", 0.5)).card();
    assertThat(second.sources().getFirst().sha256()).isNotEqualTo(source.sha256());
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void mistakesAreNamedByTheirKey() throws IOException {
    write("t.csv", "a,b\n1,2\n3,4\n");
    write("t.txt", "text");
    assertThatThrownBy(() -> load(Map.of())).hasMessageContaining("'path' is missing");
    assertThatThrownBy(() -> load(Map.of("path", "t.txt")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("does not tell its format; say it; choices: csv, idx, images, text");
    assertThatThrownBy(() -> load(Map.of("path", "t.csv", "label", "c")))
        .hasMessage("'label' names 'c', which is no column; choices: a, b");
    assertThatThrownBy(() -> load(Map.of("path", "t.csv", "field", "x")))
        .hasMessage("'field' has a meaning only with format: jsonl, not csv");
    assertThatThrownBy(() -> load(Map.of("path", "t.csv", "test_fraction", 0.1)))
        .hasMessageContaining("leaves the test part empty");
    assertThatThrownBy(() -> load(Map.of("path", "no.csv")))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("no.csv: no such file");
    assertThatThrownBy(() -> load(Map.of("path", "t.csv", "format", "xml")))
        .hasMessageContaining("choices: auto, csv, idx");
  }
}
