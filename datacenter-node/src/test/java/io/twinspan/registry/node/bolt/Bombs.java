package io.twinspan.registry.node.bolt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hessian bytes that a decoder without bounds dies of, or that nobody honest sends. Made by hand. */
final class Bombs {
    private static final byte[] HALF_A_BILLION = {'I', 0x1d, (byte) 0xcd, 0x65, 0};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(
                "typed array of 500 M",
                new Bombs()
                        .with('V')
                        .type("[int")
                        .with('l', 0x1d, 0xcd, 0x65, 0)
                        .bytes());
        all.put(
                "array of 500 M objects",
                new Bombs()
                        .with('V')
                        .type("[object")
                        .with('l', 0x1d, 0xcd, 0x65, 0)
                        .bytes());
        all.put(
                "untyped list of 500 M",
                new Bombs().with('V').with('l', 0x1d, 0xcd, 0x65, 0).bytes());
        all.put(
                "list of a negative length",
                new Bombs().with('V').with('l', 0xff, 0xff, 0xff, 0xff).bytes());
        all.put(
                "fixed list of 500 M",
                new Bombs().with('v', 0x90).raw(HALF_A_BILLION).bytes());
        all.put(
                "class definition of 500 M fields",
                new Bombs()
                        .with('O')
                        .name("java.util.ArrayList")
                        .raw(HALF_A_BILLION)
                        .bytes());
        all.put("class definition of 65 fields", definition(65));
        all.put(
                "class name of 500 M characters",
                new Bombs().with('O').raw(HALF_A_BILLION).bytes());
        all.put("400 000 lists in one another", new Bombs().repeat(400_000, 'V').bytes());
        all.put(
                "400 000 maps in one another",
                new Bombs().repeat(400_000, 'M', 'N').bytes());
        all.put("100 000 class definitions before one value", definitions(100_000));
        all.put(
                "text of a chunk that is not there",
                new Bombs().with('S', 0xff, 0xff).bytes());
        all.put(
                "bytes of a chunk that is not there",
                new Bombs().with('b', 0xff, 0xff).bytes());
        all.put(
                "a million values",
                new Bombs().with('V').repeat(1_000_000, 'N').with('z').bytes());
        all.put(
                "list as the key of a map",
                new Bombs().with('M', 'V', 'z', 'N', 'z').bytes());
        all.put(
                "reference as the key of a map",
                new Bombs().with('M', 'J', 0, 'N', 'z').bytes());
        all.put(
                "object of a class that is not defined",
                new Bombs().with('o', 0x95).bytes());
        all.put(
                "remote reference",
                new Bombs().with('r').type("java.util.List").with(1, 'x').bytes());
        all.put("Hessian 4", new Bombs().with('C', 0x90).bytes());
        all.put("nothing", new byte[0]);
        return all;
    }

    static Map<String, byte[]> unlistedClasses() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(
                "file",
                new Bombs()
                        .with('O')
                        .name("java.io.File")
                        .with(0x91, 4)
                        .text("path")
                        .with('o', 0x90, 1, 'x')
                        .bytes());
        all.put(
                "list of an unlisted class",
                new Bombs().with('V').type("java.util.PriorityQueue").with('z').bytes());
        all.put(
                "map of an unlisted class",
                new Bombs().with('M').type("javax.script.Bindings").with('z').bytes());
        all.put("set", new Bombs().with('V').type("java.util.HashSet").with('z').bytes());
        all.put(
                "array",
                new Bombs().with('V').type("[java.lang.Runnable").with('z').bytes());
        all.put(
                "deep inside a listed one",
                new Bombs()
                        .with('V')
                        .type("java.util.ArrayList")
                        .with('M')
                        .type("java.util.concurrent.ThreadPoolExecutor")
                        .with('z', 'z')
                        .bytes());
        return all;
    }

    private static byte[] definition(int fields) {
        Bombs bomb = new Bombs().with('O').name("java.util.ArrayList").with('I', 0, 0, 0, fields);
        return bomb.repeat(fields, 1, 'f').with('N').bytes();
    }

    private static byte[] definitions(int count) {
        return new Bombs().repeat(count, 'O', 0x90, 0x90).with('N').bytes();
    }

    private Bombs with(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    private Bombs repeat(int times, int... values) {
        for (int i = 0; i < times; i++) {
            with(values);
        }
        return this;
    }

    private Bombs raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    private Bombs text(String plain) {
        return raw(plain.getBytes(StandardCharsets.US_ASCII));
    }

    private Bombs type(String name) {
        return with('t', 0, name.length()).text(name);
    }

    private Bombs name(String name) {
        return with(0x90 + name.length()).text(name);
    }

    private byte[] bytes() {
        return bytes.toByteArray();
    }
}
