package dev.assay.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Every class of Assay that is not a test. */
final class Product {
  private static final ImportOption NO_TESTS = location -> !location.contains("/test-classes/");

  static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(NO_TESTS).importPackages("dev.assay");

  private Product() {}
}
