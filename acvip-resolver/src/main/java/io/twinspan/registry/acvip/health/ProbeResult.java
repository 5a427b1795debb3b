package io.twinspan.registry.acvip.health;

/**
 * What one look has shown.
 *
 * @param word for operators
 */
public record ProbeResult(boolean isPassed, String word) {
    /** It is well. */
    public static ProbeResult passed(String word) {
        return new ProbeResult(true, word);
    }

    /** It is not. */
    public static ProbeResult failed(String word) {
        return new ProbeResult(false, word);
    }
}
