package dev.assay.plugins.recurrent.language;

import com.google.auto.service.AutoService;
import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;

/** The gated recurrent unit as a language model. */
@AutoService(ModelProvider.class)
public final class GruProvider extends LanguageProvider {
  public GruProvider() {
    super(Cell.Kind.GRU);
  }

  @Override
  public String id() {
    return "gru";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "Gated recurrent unit",
        "recurrent",
        "Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk and Bengio, Learning Phrase"
            + " Representations using RNN Encoder-Decoder for Statistical Machine Translation",
        2014,
        "cell: eq. 5 to 8, reset after the product; dropout: Zaremba et al. 2014; weight tying: Press"
            + " and Wolf 2017");
  }
}
