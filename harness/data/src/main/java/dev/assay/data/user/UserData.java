package dev.assay.data.user;

import dev.assay.spi.Param;
import java.util.List;

/** A user's own files, as an experiment describes them. {@link UserDatasets#load} reads them. */
public record UserData(
    @Param(doc = "File or folder to learn from", value = "") String path,
    @Param(doc = "Form of the files; auto goes by their names", value = "auto") Format format,
    @Param(
            doc = "File or folder of test examples; without it a part of path is held out",
            value = "")
        String testPath,
    @Param(
            doc =
                "Part of path to hold out when there is no test_path: every so many-th example, or"
                    + " the end of one running text",
            value = "0.1",
            min = 0.000001,
            max = 0.999999)
        double testFraction,
    @Param(doc = "csv: column with the class; without it there are no classes", value = "")
        String label,
    @Param(doc = "csv: columns to learn; empty means all but the label", value = "[]")
        List<String> columns,
    @Param(doc = "csv: what separates cells; auto is a tab in .tsv, else a comma", value = "auto")
        Separator separator,
    @Param(doc = "idx: file of classes that belongs to path", value = "") String labels,
    @Param(doc = "idx: file of classes that belongs to test_path", value = "") String testLabels,
    @Param(doc = "jsonl: field with the text; without it, text", value = "") String field) {

  /** Forms of files. */
  public enum Format {
    /**
     * By the name: a folder is images; .csv, .tsv, .jsonl, .idx and …-ubyte speak for themselves.
     */
    AUTO,
    /** A table with numbers, perhaps a class. */
    CSV,
    /** An array, as MNIST has them. */
    IDX,
    /** A folder of PNG or JPEG files, perhaps with one sub-folder for each class. */
    IMAGES,
    /** One running text. */
    TEXT,
    /** Each line is a document. */
    LINES,
    /** A field of the JSON object on each line is a document. */
    JSONL
  }

  /** What stands between cells. */
  public enum Separator {
    AUTO,
    COMMA,
    SEMICOLON,
    TAB
  }
}
