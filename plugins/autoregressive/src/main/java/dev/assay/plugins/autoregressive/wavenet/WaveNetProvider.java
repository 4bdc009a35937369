package dev.assay.plugins.autoregressive.wavenet;

import com.google.auto.service.AutoService;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;
import java.util.Optional;

/** WaveNet over sound and text. */
@AutoService(ModelProvider.class)
public final class WaveNetProvider implements ModelProvider<WaveNetConfig, TextSampler> {
  @Override
  public String id() {
    return "wavenet";
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        "WaveNet",
        "autoregressive",
        "van den Oord, Dieleman, Zen, Simonyan, Vinyals, Graves, Kalchbrenner, Senior and"
            + " Kavukcuoglu, WaveNet: A Generative Model for Raw Audio",
        2016,
        "dilated causal convolutions: §2.1; gated units: eq. 2, with labels eq. 3; residual and skip"
            + " connections: figure 4; cached sampling: Paine et al. 2016");
  }

  @Override
  public Class<WaveNetConfig> configType() {
    return WaveNetConfig.class;
  }

  @Override
  public Class<TextSampler> samplerType() {
    return TextSampler.class;
  }

  @Override
  public Fit fits(WaveNetConfig config, DataSpec spec) {
    if (!(spec instanceof DataSpec.Conditional(Modality x, Modality condition))
        || !(condition instanceof Modality.Nothing || condition instanceof Modality.Label)) {
      return Fit.no("it learns sequences with or without labels, under no other condition");
    }
    Optional<Form> form = x.textForm();
    if (form.isEmpty()) {
      return Fit.no("it learns sound and text alone");
    }
    boolean separate = form.get() == Form.DOCUMENTS && condition instanceof Modality.Label;
    return config.conditional() && !separate
        ? Fit.no("it is to be conditional, and there is no label for each sequence")
        : Fit.raw();
  }

  @Override
  public GenerativeModel<TextSampler> create(WaveNetConfig config, ModelContext context) {
    DataSpec.Conditional spec = (DataSpec.Conditional) context.spec();
    TextCoding coding =
        new TextCoding(
            context.tokenizer(TokenizerSpec.of(config.tokenizer())),
            spec.x().textForm().orElseThrow());
    int classes =
        config.conditional() && spec.condition() instanceof Modality.Label(int count) ? count : 0;
    return new WaveNetModel(config, context, coding, classes);
  }
}
