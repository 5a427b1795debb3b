package io.twinspan.registry.node.bolt;

import com.alipay.sofa.registry.core.model.DataBox;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The addresses of a segment as a client is sent them, encoded once for all who are sent them: in every push this part stands at
 * the same place behind the same class definitions, so its bytes are always the same. Immutable.
 */
final class SharedBoxes extends AbstractMap<String, List<DataBox>> {
    /** After the class of the push itself, the first and only one to be defined in a push. */
    private static final int BOX_CLASS = 1;

    private final Map<String, List<String>> addresses = new HashMap<>();
    private final byte[] data;
    private final byte[] counts;

    SharedBoxes(Map<String, List<String>> addressesByZone) {
        // One by one and not sized in advance: so the order is that of the maps which the plain encoder would walk.
        addressesByZone.forEach(addresses::put);
        this.data = encodeData();
        this.counts = encodeCounts();
    }

    byte[] data() {
        return data;
    }

    byte[] counts() {
        return counts;
    }

    /** What it takes in memory beside the addresses. */
    int weight() {
        return data.length + counts.length;
    }

    @Override
    public Set<Map.Entry<String, List<DataBox>>> entrySet() {
        Map<String, List<DataBox>> boxes = new HashMap<>();
        addresses.forEach((zone, texts) -> boxes.put(zone, boxes(texts)));
        return boxes.entrySet();
    }

    Map<String, Integer> countsByZone() {
        Map<String, Integer> numbers = new HashMap<>();
        addresses.forEach((zone, texts) -> numbers.put(zone, texts.size()));
        return numbers;
    }

    private static List<DataBox> boxes(List<String> texts) {
        List<DataBox> boxes = new ArrayList<>(texts.size());
        texts.forEach(text -> boxes.add(new DataBox(text)));
        return boxes;
    }

    private byte[] encodeData() {
        int expected = 64;
        for (List<String> texts : addresses.values()) {
            for (String text : texts) {
                expected += text.length() + 8;
            }
        }
        HessianBytes out = new HessianBytes(expected).raw('M');
        boolean isDefined = false;
        for (Map.Entry<String, List<String>> zone : addresses.entrySet()) {
            out.text(zone.getKey()).list(zone.getValue().size());
            for (String text : zone.getValue()) {
                if (!isDefined) {
                    out.raw(HessianForms.BOX_DEFINITION);
                    isDefined = true;
                }
                out.raw('o').integer(BOX_CLASS).text(text);
            }
            out.raw(HessianBytes.END);
        }
        return out.raw(HessianBytes.END).toArray();
    }

    private byte[] encodeCounts() {
        HessianBytes out = new HessianBytes(32).raw('M');
        addresses.forEach((zone, texts) -> out.text(zone).integer(texts.size()));
        return out.raw(HessianBytes.END).toArray();
    }
}
