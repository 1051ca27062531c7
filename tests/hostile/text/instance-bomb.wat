;; Each component has two instances of the one inside it, its component 0: a few hundred bytes that become many instances.
(component {begins}
  (core module $module (func (export "f")))
  (core instance (instantiate $module))
  {ends})
