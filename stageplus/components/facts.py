"""Definition lists: a name and a value, for people who look for one fact."""

import reflex as rx

from stageplus.components.props import Content, Text, either, filled


def facts(*pairs: rx.Component, columns: int = 1) -> rx.Component:
    """List facts in one or two columns."""
    return rx.el.dl(*pairs, class_name="facts facts-2" if columns == 2 else "facts")


def fact(name: Text, value: Content) -> rx.Component:
    """Build one fact."""
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def fact_if(name: Text, value: Text) -> rx.Component:
    """Build one fact, left out when its value is empty."""
    return either(filled(value), fact(name, value))
