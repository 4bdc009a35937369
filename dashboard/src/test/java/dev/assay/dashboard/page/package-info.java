/**
 * The page in a real browser: headless Chromium, driven by Selenium. Where there is no Chromium the
 * tests skip and say how to install it.
 */
package dev.assay.dashboard.page;
