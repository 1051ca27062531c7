from typing import assert_never

from bindings.values import AnyShape, Point, Shape


def describe(shape: AnyShape) -> str:
    match shape:
        case Shape.Nowhere():
            return "nothing"
        case Shape.Circle(radius):
            return f"a circle of radius {radius}"
        case Shape.Square(side):
            return f"a square of side {side}"
        case Shape.Polygon(corners):
            return f"a polygon with {len(corners)} corners"
        case Shape.Label(text):
            return f"the text {text}"
        case _:
            assert_never(shape)


print(describe(Shape.Circle(2.5)))
print(describe(Shape.Polygon([Point(0, 0), Point(4, 0), Point(0, 3)])))
