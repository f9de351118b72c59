// SPDX-License-Identifier: GPL-2.0-or-later
//
// Lucene, for comparison.
//
//     Lucene index DIRECTORY THREADS BUFFER_MB FILE.jsonl.gz...
//     Lucene ask DIRECTORY RUNS < QUERIES          (CLASS TAB QUESTION)
//     Lucene rank DIRECTORY HITS < TOPICS          (NUMBER TAB QUESTION)
//
// An article has the fields of the corpus: its text (title, blank line, body)
// with positions and stored, the title once more as a field, summary and
// keywords, and as exact terms id, source, address and date.  Asking fetches
// the stored text of the first ten and prints what bench_query prints.  Ranking
// takes questions as words without syntax and prints a run in TREC's form.
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPInputStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

public class Lucene {
    static final int BATCH = 64, QUEUE = 64, HITS = 10;

    // One flat object of JSON: strings, numbers, and arrays of strings.
    static final class Json {
        final String line;
        int at;

        Json(String line) {
            this.line = line;
        }

        void space() {
            while (at < line.length() && line.charAt(at) <= ' ')
                at++;
        }

        boolean take(char c) {
            space();
            if (at >= line.length() || line.charAt(at) != c)
                return false;
            at++;
            return true;
        }

        String string() {
            int end = at;
            while (line.charAt(end) != '"' && line.charAt(end) != '\\')
                end++;
            if (line.charAt(end) == '"') {
                String plain = line.substring(at, end);
                at = end + 1;
                return plain;
            }
            StringBuilder out = new StringBuilder();
            for (;;) {
                char c = line.charAt(at++);
                if (c == '"')
                    return out.toString();
                out.append(c == '\\' ? escape() : c);
            }
        }

        char escape() {
            char c = line.charAt(at++);
            switch (c) {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u':
                at += 4;
                return (char) Integer.parseInt(line.substring(at - 4, at), 16);
            default: return c;
            }
        }

        // An array as its strings with spaces between.
        String value() {
            if (take('"'))
                return string();
            if (take('[')) {
                StringBuilder out = new StringBuilder();
                while (!take(']')) {
                    out.append(value()).append(' ');
                    take(',');
                }
                return out.toString();
            }
            int from = at;
            while (at < line.length() && ",]}".indexOf(line.charAt(at)) < 0)
                at++;
            return line.substring(from, at).trim();
        }

        Map<String, String> object() {
            Map<String, String> out = new HashMap<>();
            take('{');
            while (!take('}')) {
                take('"');
                String key = string();
                take(':');
                out.put(key, value());
                take(',');
            }
            return out;
        }
    }

    static String get(Map<String, String> article, String key) {
        return article.getOrDefault(key, "");
    }

    static Document document(Map<String, String> article) {
        Document out = new Document();
        String title = get(article, "title");
        out.add(new TextField("text", title + "\n\n" + get(article, "text"), Field.Store.YES));
        out.add(new TextField("title", title, Field.Store.NO));
        out.add(new TextField("summary", get(article, "summary"), Field.Store.YES));
        out.add(new TextField("keywords", get(article, "keywords"), Field.Store.YES));
        out.add(new StringField("id", get(article, "id"), Field.Store.YES));
        out.add(new StringField("source", get(article, "source"), Field.Store.YES));
        out.add(new StoredField("link", get(article, "link")));
        String[] parts = get(article, "published").split("/");
        String date = parts.length == 3 ? parts[2] + parts[0] + parts[1] : "";
        out.add(new StringField("date", date, Field.Store.YES));
        out.add(new SortedDocValuesField("date", new BytesRef(date)));
        return out;
    }

    static void work(IndexWriter writer, BlockingQueue<List<String>> queue) {
        try {
            for (;;) {
                List<String> batch = queue.take();
                if (batch.isEmpty())
                    return;
                for (String line : batch)
                    writer.addDocument(document(new Json(line).object()));
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(3);
        }
    }

    // The main thread inflates and cuts into lines; the others do the rest.
    static void index(String[] args) throws Exception {
        int threads = Integer.parseInt(args[2]);
        IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());
        config.setRAMBufferSizeMB(Double.parseDouble(args[3]));
        config.setUseCompoundFile(false);
        BlockingQueue<List<String>> queue = new ArrayBlockingQueue<>(QUEUE);
        try (IndexWriter writer =
                     new IndexWriter(FSDirectory.open(Paths.get(args[1])), config)) {
            Thread[] workers = new Thread[threads];
            for (int i = 0; i < threads; i++) {
                workers[i] = new Thread(() -> work(writer, queue));
                workers[i].start();
            }
            for (String path : Arrays.copyOfRange(args, 4, args.length))
                read(path, queue);
            for (int i = 0; i < threads; i++)
                queue.put(new ArrayList<>());
            for (Thread worker : workers)
                worker.join();
            writer.commit();
            System.out.println(writer.getDocStats().numDocs);
        }
    }

    static void read(String path, BlockingQueue<List<String>> queue)
            throws IOException, InterruptedException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                     new GZIPInputStream(new FileInputStream(path), 1 << 16),
                     StandardCharsets.UTF_8), 1 << 16)) {
            List<String> batch = new ArrayList<>(BATCH);
            for (String line; (line = lines.readLine()) != null;) {
                batch.add(line);
                if (batch.size() == BATCH) {
                    queue.put(batch);
                    batch = new ArrayList<>(BATCH);
                }
            }
            if (!batch.isEmpty())
                queue.put(batch);
        }
    }

    static final class Times {
        final List<Double> list = new ArrayList<>();
        long hits;

        double at(double part) {
            double[] sorted = list.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
        }
    }

    static void ask(String[] args) throws Exception {
        int runs = Integer.parseInt(args[2]);
        IndexSearcher searcher = new IndexSearcher(
                DirectoryReader.open(FSDirectory.open(Paths.get(args[1]))));
        QueryParser parser = new QueryParser("text", new EnglishAnalyzer());
        Map<String, Times> classes = new LinkedHashMap<>();
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String[]> questions = new ArrayList<>();
        for (String line; (line = lines.readLine()) != null;)
            questions.add(line.split("\t", 2));
        for (int run = 0; run < runs; run++) // so that all is compiled
            for (String[] question : questions)
                once(searcher, parser, question[1]);
        for (String[] question : questions) {
            double best = Double.MAX_VALUE;
            int hits = 0;
            for (int run = 0; run < runs; run++) {
                long begin = System.nanoTime();
                hits = once(searcher, parser, question[1]);
                best = Math.min(best, (System.nanoTime() - begin) / 1e6);
            }
            Times times = classes.computeIfAbsent(question[0], k -> new Times());
            times.list.add(best);
            times.hits += hits;
        }
        classes.forEach((name, times) -> System.out.printf("%s\t%d\t%.3f\t%.3f\t%.3f\t%d%n",
                name, times.list.size(), times.at(0.5), times.at(0.99), times.at(1), times.hits));
    }

    static int once(IndexSearcher searcher, QueryParser parser, String question)
            throws Exception {
        Query query = parser.parse(question);
        TopDocs found = searcher.search(query, HITS);
        int bytes = 0;
        for (ScoreDoc hit : found.scoreDocs)
            bytes += searcher.doc(hit.doc).get("text").length();
        return bytes < 0 ? 0 : found.scoreDocs.length;
    }

    static void rank(String[] args) throws Exception {
        int hits = Integer.parseInt(args[2]);
        IndexSearcher searcher = new IndexSearcher(
                DirectoryReader.open(FSDirectory.open(Paths.get(args[1]))));
        QueryParser parser = new QueryParser("text", new EnglishAnalyzer());
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null;) {
            String[] topic = line.split("\t", 2);
            ScoreDoc[] found = searcher.search(
                    parser.parse(QueryParser.escape(topic[1])), hits).scoreDocs;
            for (int i = 0; i < found.length; i++)
                System.out.printf("%s Q0 %s %d %d lucene%n", topic[0],
                        searcher.doc(found[i].doc).get("id"), i + 1, hits - i);
        }
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("index"))
            index(args);
        else if (args[0].equals("rank"))
            rank(args);
        else
            ask(args);
    }
}
