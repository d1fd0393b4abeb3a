package io.conversion.model.report;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The elements of a chart, as the JDK's parser finds them. */
record DrawnChart(Document document) {

    static DrawnChart of(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return new DrawnChart(builder.parse(new InputSource(new StringReader(svg))));
    }

    List<Element> elements(String name) {
        NodeList nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    /** Elements with a stroke of the first ink. */
    List<Element> inFirstInk(String name) {
        return elements(name).stream()
                .filter(element -> element.getAttribute("stroke").equals("#0072B2"))
                .toList();
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    double[] numbers(String element, String attribute) {
        return elements(element).stream()
                .mapToDouble(found -> Double.parseDouble(found.getAttribute(attribute)))
                .toArray();
    }
}
