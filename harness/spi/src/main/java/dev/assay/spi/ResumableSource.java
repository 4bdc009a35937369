package dev.assay.spi;

/** A {@link BatchSource} whose place can be kept: restored, it goes on with the same batches. */
public interface ResumableSource extends BatchSource {
  /** Writes where the source stands, under names that start with {@code data.}. */
  void save(StateStore store);

  /** Goes on from what {@link #save} wrote on a source of equal data and random stream. */
  void restore(StateStore store);
}
