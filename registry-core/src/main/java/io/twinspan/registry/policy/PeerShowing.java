package io.twinspan.registry.policy;

/**
 * How one service of one peer is shown to consumers here.
 *
 * @param isPushed false keeps the peer's providers from consumers; whoever fetches them goes on
 */
public record PeerShowing(ViewPolicy view, boolean isPushed) {
    /** What holds while nobody has decided anything. */
    public static PeerShowing ownFirst(int threshold) {
        return new PeerShowing(ViewPolicy.ownFirst(threshold), true);
    }

    /** True when the peer's providers are shown to scope global while so many own addresses are known. */
    public boolean isShown(int ownAddresses) {
        return isPushed && view.showsPeer(ownAddresses);
    }

    /** True when the peer's providers are shown to scope global whatever is known of the own ones. */
    public boolean isAlwaysShown() {
        return isPushed && view.kind() == ViewPolicy.Kind.ALL;
    }
}
